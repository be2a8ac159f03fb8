/*
 * NSS as a PKCS#11 module. Its C_Initialize wants to be told where its database lies, in a field
 * that ours cannot fill (python-pkcs11 passes NULL): this fills it with $NSS_FOLDER.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
  unsigned char version[2];
  unsigned long (*initialize)(void *);
  void *rest[67];
} List;

typedef struct {
  void *locks[4];
  unsigned long flags;
  char *parameters;
  void *reserved;
} Arguments;

static List *nss, ours;

static unsigned long initialize(void *ignored) {
  char parameters[1024];
  Arguments given = {{0}, 2, parameters, 0};
  snprintf(parameters, sizeof parameters,
           "configdir='sql:%s' certPrefix='' keyPrefix='' secmod='' flags=", getenv("NSS_FOLDER"));
  return nss->initialize(&given);
}

unsigned long C_GetFunctionList(List **list) {
  void *library = dlopen("libsoftokn3.so", RTLD_NOW);
  unsigned long (*get)(List **) = library ? dlsym(library, "C_GetFunctionList") : NULL;
  if (!get) return 5; /* CKR_GENERAL_ERROR */
  unsigned long done = get(&nss);
  ours = *nss;
  ours.initialize = initialize;
  *list = &ours;
  return done;
}
