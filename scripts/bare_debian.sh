#!/bin/sh
# Proves that a bare Debian 12 is enough: makes one, clones the hub into it, runs the demo
# and the tests there. As root: scripts/bare_debian.sh [COMMAND…]
#
# With a COMMAND, that is run by ./motcua instead: scripts/bare_debian.sh doctor --json
# BARE_REPOSITORY: what to clone (default: this one; what is not committed is not in it).
# BARE_FOLDER:     where to make it (default: a new folder below TMPDIR, removed at the end).
set -eu

here=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")
repository=${BARE_REPOSITORY:-$here}
root=${BARE_FOLDER:-$(mktemp -d)}
[ -n "${BARE_FOLDER:-}" ] || trap 'rm -rf --one-file-system "$root"' EXIT

command -v debootstrap >/dev/null || apt-get install --yes debootstrap >&2

# The packages come from where this machine gets its own, and so do Python's libraries.
if [ ! -e "$root/etc/debian_version" ]; then
  # shellcheck disable=SC2016 # apt-get fills this in
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
  debootstrap --variant=minbase --include=python3,git,ca-certificates bookworm "$root" "$mirror"
  rm -f "$root/etc/apt/sources.list"
  cp -a /etc/apt/sources.list* /etc/apt/apt.conf.d /etc/apt/auth.conf.d "$root/etc/apt/" || true
  rm -f "$root"/etc/apt/apt.conf.d/*docker*
  for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
    [ ! -e "$file" ] || cp -L "$file" "$root$file"
  done
fi
rm -rf "$root/srv/hub"
git clone --quiet --no-hardlinks "$repository" "$root/srv/hub"

# In namespaces of its own: when the last command ends, its servers and mounts are gone too.
in_bare_debian() {
  settings=$(env | grep -iv ^pip_find | grep -iE '^(pip_|ssl_cert_|requests_ca_bundle=|https?_proxy=|no_proxy=)' || true)
  # shellcheck disable=SC2016,SC2086 # the inner shell expands its own; settings are words
  unshare --mount --pid --fork --kill-child sh -euc '
    root=$1
    shift
    mount --bind "$root" "$root"
    mount --rbind /dev "$root/dev"
    mount -t proc proc "$root/proc"
    mount -t tmpfs tmpfs "$root/tmp"
    cd "$root"
    mkdir -p outside
    # not chroot: inside of one the kernel allows no user namespaces
    pivot_root . outside
    umount -l /outside
    exec "$@"
  ' sh "$root" env -i $settings PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    TERM=dumb CI=true /srv/hub/motcua "$@"
}

if [ $# -gt 0 ]; then
  in_bare_debian "$@"
else
  in_bare_debian demo --once --dossiers 10 --seed 7 --json
  in_bare_debian test
fi
