#!/usr/bin/env bash
# Packages what is no program: the chart as `helm package` does, the compose file and the roles of Ansible.
#
# build.sh PACKAGES VERSION TIME
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

here=$(cd "$(dirname "$0")" && pwd)
packages=$1 version=$2 epoch=$(date -d "$3" +%s)
work=$packages/work-chart

# archive NAME FOLDER...: below $work
archive() {
  name=$1
  shift
  tar --create --directory "$work" --format=ustar --sort=name --mtime="@$epoch" --mode=u=rwX,go=rX \
    --owner=root:0 --group=root:0 --numeric-owner "$@" | gzip --no-name --best >"$packages/$name"
}

rm -rf "$work"
mkdir -p "$work/interdict-compose" "$work/interdict-ansible"
cp -r "$here/interdict-server" "$work/"
sed -i "s/^version: .*/version: $version/;s/^appVersion: .*/appVersion: $version/" "$work/interdict-server/Chart.yaml"
cp "$here/README.md" "$work/interdict-server/"
cp -r "$here/examples" "$work/interdict-server/"
archive "interdict-server-$version.tgz" interdict-server
cp -r "$here/../compose/." "$work/interdict-compose/"
archive "interdict-compose-$version.tar.gz" interdict-compose
cp -r "$here/../ansible/." "$work/interdict-ansible/"
archive "interdict-ansible-$version.tar.gz" interdict-ansible
rm -rf "$work"
