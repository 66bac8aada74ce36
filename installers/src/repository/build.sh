#!/usr/bin/env bash
# Puts packages into a signed repository for apt and one for dnf, new or already there. Earlier versions
# stay in it, so that a company can go back. Static files: any web server serves them.
#
# build.sh PACKAGES REPOSITORY KEY [DAYS]
#   PACKAGES    the folder that mvn -Pdist made
#   REPOSITORY  the folder to serve; deb and rpm below it
#   KEY         a file with a secret key of OpenPGP, or the name of one in the keyring
#   DAYS        until apt takes the index for too old to be true; 90. Run it again before, with or
#               without new packages: who holds a workstation off the network's news is found out then
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

here=$(cd "$(dirname "$0")" && pwd)
packages=$1 repository=$2 key=$3 days=${4:-90}
for tool in dpkg-deb gpg; do
  command -v "$tool" >/dev/null || { echo "repository/build.sh: needs $tool" >&2; exit 1; }
done
. "$here/key.sh"
use_key "$key"
mkdir -p "$repository"
repository=$(cd "$repository" && pwd)

# One version is one content for ever: what changes under a name that is known already is no upgrade,
# and to a workstation that has it an attack.
add() { # add FOLDER FILE...
  local folder=$1 file
  shift
  mkdir -p "$folder"
  for file in "$@"; do
    [ -e "$file" ] || continue
    if [ ! -e "$folder/${file##*/}" ]; then
      # Half a package under its name would be its content for ever.
      cp "$file" "$folder/${file##*/}.new"
      mv "$folder/${file##*/}.new" "$folder/${file##*/}"
    elif [ "${folder##*/}" = pool ] && ! cmp -s "$file" "$folder/${file##*/}"; then
      echo "repository/build.sh: ${file##*/} is in the repository with another content; give it a new version" >&2
      exit 1
    fi
  done
}

. "$here/apt.sh"
. "$here/dnf.sh"

add "$repository/deb/pool" "$packages"/*.deb
apt_index "$repository/deb"
if ls "$packages"/*.rpm >/dev/null 2>&1; then
  dnf_packages "$repository/rpm" "$packages"/*.rpm
  dnf_index "$repository/rpm"
fi
gpg --batch --armor --export "$signer" >"$repository/interdict.asc"
echo "repository/build.sh: $repository is signed by $signer"
