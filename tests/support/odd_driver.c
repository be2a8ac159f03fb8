/*
 * A driver with the faults that drivers have: SoftHSM2 behind a thin wall. $ODD names the faults,
 * $ODD_LOG is the file that gets one letter per C_Login: P with a PIN, K for one typed at the
 * reader's own keys.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long Word;
typedef struct {
  unsigned char version[2];
  void *function[68];
} List;
enum { INITIALIZE = 0, SLOTS = 4, TOKEN_INFO = 6, LOGIN = 18, SIGN_INIT = 42, SIGN = 43 };
enum { FLAGS_AT = 96, PAD = 0x100, LAST_TRY = 0x20000, TO_BE_CHANGED = 0x80000 };

static List *real, ours;
static int begun, signatures;

static int odd(const char *fault) {
  const char *faults = getenv("ODD");
  return faults && strstr(faults, fault) != NULL;
}

static Word initialize(void *arguments) {
  begun++;
  return ((Word(*)(void *))real->function[INITIALIZE])(arguments);
}

static Word slots(unsigned char present, Word *list, Word *count) {
  Word done = ((Word(*)(unsigned char, Word *, Word *))real->function[SLOTS])(present, list, count);
  if (odd("begins-anew") && begun < 2) *count = 0;
  return done;
}

static Word token_info(Word slot, unsigned char *info) {
  Word done = ((Word(*)(Word, unsigned char *))real->function[TOKEN_INFO])(slot, info);
  Word *flags = (Word *)(info + FLAGS_AT);
  if (odd("pad")) *flags |= PAD;
  if (odd("last-try")) *flags |= LAST_TRY;
  if (odd("to-be-changed")) *flags |= TO_BE_CHANGED;
  return done;
}

static Word login(Word session, Word user, char *pin, Word size) {
  int log = open(getenv("ODD_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (write(log, pin ? "P" : "K", 1) != 1) abort();
  close(log);
  if (odd("dies-at-login")) raise(SIGSEGV);
  if (odd("hangs-at-login")) pause();
  if (!pin) pin = getenv("ODD_PIN"), size = strlen(pin);
  return ((Word(*)(Word, Word, char *, Word))real->function[LOGIN])(session, user, pin, size);
}

static Word sign_init(Word session, Word *mechanism, Word key) {
  if (odd("lists-too-much") && *mechanism == 0x40) return 0x70; /* CKR_MECHANISM_INVALID */
  return ((Word(*)(Word, Word *, Word))real->function[SIGN_INIT])(session, mechanism, key);
}

static Word sign(Word session, void *text, Word size, void *signature, Word *length) {
  if (odd("hangs-at-sign")) pause();
  if (odd("dies-at-second") && signature && ++signatures == 2) raise(SIGSEGV);
  return ((Word(*)(Word, void *, Word, void *, Word *))real->function[SIGN])(session, text, size,
                                                                             signature, length);
}

Word C_GetFunctionList(List **list) {
  void *library = dlopen("/usr/lib/softhsm/libsofthsm2.so", RTLD_NOW);
  Word (*get)(List **) = library ? dlsym(library, "C_GetFunctionList") : NULL;
  if (!get || odd("dies-at-load")) raise(SIGSEGV);
  Word done = get(&real);
  ours = *real;
  ours.function[INITIALIZE] = initialize;
  ours.function[SLOTS] = slots;
  ours.function[TOKEN_INFO] = token_info;
  ours.function[LOGIN] = login;
  ours.function[SIGN_INIT] = sign_init;
  ours.function[SIGN] = sign;
  *list = &ours;
  return done;
}
