#!/bin/bash
# Builds all packages of a commit twice, in clones in two folders, at two times, for two accounts' masks and
# in two time zones and languages, and compares every file by its SHA-256. Says each file's, and ends with
# 1 where one differs.
#
# rebuild.sh FOLDER [COMMIT [MAVEN-ARGUMENT...]]
#   FOLDER  does not exist yet; first/ and another/place/ are made in it, with the packages of each
set -euo pipefail
[ ! -e "$1" ] || { echo "rebuild.sh: $1 exists; name a new folder" >&2; exit 2; }
folder=$(realpath -m "$1") commit=${2:-HEAD}
shift "$(($# < 2 ? $# : 2))"
source=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
commit=$(git -C "$source" rev-parse "$commit")

# build PLACE MASK ZONE LANGUAGE MAVEN-ARGUMENT...
build() {
  place=$1 mask=$2 zone=$3 language=$4
  shift 4
  (
    umask "$mask"
    mkdir -p "$place"
    git clone -q --no-hardlinks "$source" "$place"
    cd "$place"
    git checkout -q "$commit"
    TZ=$zone LC_ALL=$language mvn -q -B -Pdist -DskipTests "$@" pre-integration-test >"$place.log" 2>&1 ||
      { tail -n 40 "$place.log" >&2; exit 1; }
  )
}

build "$folder/first" 022 UTC C.UTF-8 "$@"
# The times in what is made are given to the minute or the second.
sleep 61
build "$folder/another/place" 077 Asia/Shanghai C "$@"
for place in first another/place; do
  (cd "$folder/$place/installers/target/packages" && sha256sum -- *) >"$folder/${place%%/*}.sums"
done
cat "$folder/first.sums"
if ! diff "$folder/first.sums" "$folder/another.sums"; then
  echo "rebuild.sh: not the same" >&2
  exit 1
fi
echo "rebuild.sh: all the same, of $commit"
