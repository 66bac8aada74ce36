#!/usr/bin/env bash
# SHA256SUMS of all that was made, and its signature: the last step, since nothing that comes after a
# signature is in what was signed.
#
# sums.sh PACKAGES [KEY]
#   PACKAGES  the folder with all of it
#   KEY       a file with a secret key of OpenPGP, or the name of one in the keyring; "-" for none
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
packages=$1 key=${2:--}

# A key's file may be named from where the build stands.
[ ! -f "$key" ] || key=$(realpath "$key")
cd "$packages"
rm -f SHA256SUMS.asc
find . -maxdepth 1 -type f ! -name SHA256SUMS -printf '%P\0' | sort -z | xargs -0 sha256sum >SHA256SUMS
if [ "$key" = - ]; then
  echo "sums.sh: nothing was signed: no key was given (-Dinterdict.sign.key=FILE)" >&2
else
  . "$here/../repository/key.sh"
  use_key "$key"
  sign detached SHA256SUMS SHA256SUMS.asc
fi
