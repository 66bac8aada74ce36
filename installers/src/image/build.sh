#!/usr/bin/env bash
# Makes the server's image from the server's package and this machine's C library, without an engine
# of containers and without a registry: an archive that is both an OCI layout and what `docker load`
# takes. Byte for byte the same from the same package and the same C library.
#
# build.sh PACKAGES VERSION TIME
#   PACKAGES  the folder with interdict-server_*.deb; the image goes there too
#   TIME      what every file bears, such as 2026-11-21T00:00:00Z
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

here=$(cd "$(dirname "$0")" && pwd)
packages=$1 version=$2 time=$3
epoch=$(date -d "$time" +%s)
java_home=${JAVA_HOME:?build.sh: set JAVA_HOME to a JDK 25}
project=$(cd "$here/../../.." && pwd)
work=$packages/image
home=/usr/lib/interdict
main=dev.interdict.server.cli

case $(uname -m) in
  x86_64) arch=amd64 native=x86_64 ;;
  aarch64) arch=arm64 native=aarch64 ;;
  *) echo "build.sh: images are made on x86_64 and aarch64, not on $(uname -m)" >&2; exit 1 ;;
esac
deb=$(ls "$packages"/interdict-server_*_$arch.deb)
for tool in dpkg-deb dpkg-query ldd; do
  command -v "$tool" >/dev/null || { echo "build.sh: needs $tool" >&2; exit 1; }
done
libc=libc6
if dpkg --verify "$libc" | grep -q " /lib"; then
  echo "build.sh: files of $libc here are not those of its package; mend it first: dpkg --verify $libc" >&2
  exit 1
fi

rm -rf "$work"
mkdir -p "$work/package" "$work/system" "$work/program" "$work/layout/blobs/sha256"
dpkg-deb -x "$deb" "$work/package"

# ---- The program: the package without what only an installed system needs.
program=$work/program
mkdir -p "$program$home/lib/native" "$program/usr/share/doc" "$program/var/lib/interdict"
cp -a "$work/package$home/runtime" "$program$home/"
cp -a "$work/package$home/lib/"*.jar "$program$home/lib/"
cp -a "$work/package/usr/share/doc/interdict-server" "$program/usr/share/doc/"
# Shipped unpacked, so that no code is loaded out of a folder for temporary files.
(cd "$work" && "$java_home/bin/jar" --extract --file "$(ls "$program$home/lib/"sqlite-jdbc-*.jar)" \
  "org/sqlite/native/Linux/$native/libsqlitejdbc.so")
mv "$work/org/sqlite/native/Linux/$native/libsqlitejdbc.so" "$program$home/lib/native/"
class_path=$(cd "$program$home/lib" && ls ./*.jar | sed "s#^\./#$home/lib/#" | paste -sd:)

# starter NAME CLASS FLAG...: what "java @NAME" in the image's working directory starts.
starter() {
  starter=$1 class=$2
  shift 2
  printf '%s\n' "$@" -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED -XX:-UsePerfData \
    "-Dorg.sqlite.lib.path=$home/lib/native" -Dorg.sqlite.lib.name=libsqlitejdbc.so \
    -cp "$class_path" "$class" >"$program$home/$starter"
}
starter server $main.InterdictServer -Xmx512m
starter interdict $main.Interdict -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1

# ---- The system: the C library, names of accounts, and who made them.
system=$work/system
mkdir -p "$system/etc" "$system/tmp" "$system/proc" "$system/var/lib/dpkg/status.d" "$system/usr/share/doc/$libc"
needed() {
  # What is linked, and what the C library itself loads by name when hosts are looked up.
  find "$program" -type f \( -name '*.so' -o -path '*/bin/*' -o -name jspawnhelper \) -exec ldd {} + 2>/dev/null |
    sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p;s/^[[:space:]]*\(\/lib[^ ]*\) .*/\1/p' | grep -v "$program" | sort -u
  dpkg-query -L "$libc" | grep -E '/lib(nss_dns|nss_files|resolv)\.so\.2$'
}
for file in $(needed | sort -u); do
  owner=$(dpkg-query -S "$file" | cut -d: -f1)
  if [ "$owner" != "$libc" ]; then
    echo "build.sh: $file is needed and is of ${owner:-no package}, not of $libc" >&2
    exit 1
  fi
  install -D -m 755 "$(readlink -f "$file")" "$system$file"
done
dpkg-query -s "$libc" | grep -v '^Conffiles:\|^ /etc/' >"$system/var/lib/dpkg/status.d/$libc"
cp "/usr/share/doc/$libc/copyright" "$system/usr/share/doc/$libc/"
cp "$(readlink -f /etc/os-release)" "$system/etc/os-release"
printf 'root:x:0:0:root:/:/nonexistent\ninterdict:x:10001:10001:Interdict:/var/lib/interdict:/nonexistent\n' >"$system/etc/passwd"
printf 'root:x:0:\ninterdict:x:10001:\n' >"$system/etc/group"
printf 'hosts: files dns\n' >"$system/etc/nsswitch.conf"

# ---- What is in it, for whoever looks for what is to be mended.
libc_version=$(dpkg-query -W -f '${Version}' "$libc")
java_version=$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$java_home/release")
distribution=$(. /etc/os-release && echo "$ID")
component() { # component TYPE NAME VERSION PURL [SHA256]
  printf '    {"type": "%s", "name": "%s", "version": "%s", "purl": "%s"' "$1" "$2" "$3" "$4"
  [ -z "${5:-}" ] || printf ', "hashes": [{"alg": "SHA-256", "content": "%s"}]' "$5"
  printf '}'
}
sbom=$work/sbom.json
{
  printf '{\n  "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,\n  "metadata": {\n'
  printf '    "timestamp": "%s",\n    "component": {"type": "container", "name": "interdict-server", "version": "%s"}\n  },\n' "$time" "$version"
  printf '  "components": [\n'
  component library "$libc" "$libc_version" "pkg:deb/$distribution/$libc@${libc_version//+/%2B}?arch=$arch"
  printf ',\n'
  component platform temurin "$java_version" "pkg:generic/temurin@${java_version//+/%2B}"
  for jar in "$program$home/lib/"*.jar; do
    name=$(basename "$jar")
    sha=$(sha256sum <"$jar" | cut -d' ' -f1)
    # Where a library came from, its place among the modules' libraries says: group, artifact, version.
    at=$(tr ':' '\n' <"$project/policy-server/target/class-path.txt" | grep -F "/repository/" | grep "/$name\$" | head -n 1 || :)
    printf ',\n'
    if [ -n "$at" ]; then
      at=${at#*/repository/} && at=${at%/*}
      of=${at##*/} at=${at%/*}
      artifact=${at##*/} group=${at%/*}
      component library "$artifact" "$of" "pkg:maven/${group//\//.}/$artifact@$of" "$sha"
    else
      case $name in
        interdict-*-"$version".jar) own=dev.interdict/${name%-"$version".jar} of=$version ;;
        *) echo "build.sh: nothing says where $name is from" >&2; exit 1 ;;
      esac
      component library "${own#*/}" "$of" "pkg:maven/$own@$of" "$sha"
    fi
  done
  printf '\n  ]\n}\n'
} >"$sbom"
install -m 644 "$sbom" "$program/usr/share/doc/interdict-server/sbom.cdx.json"

# ---- The layers. Of root, but for what the server writes.
layout=$work/layout
chmod 1777 "$system/tmp"
chmod 750 "$program/var/lib/interdict"
diff_ids='' layers='' docker_layers=''
layer() { # layer FOLDER
  tar --create --file "$work/$1.tar" --directory "$work/$1" --format=ustar --sort=name --mtime="@$epoch" \
    --owner=root:0 --group=root:0 --numeric-owner --exclude=./var/lib/interdict .
  if [ -d "$work/$1/var/lib/interdict" ]; then
    tar --append --file "$work/$1.tar" --directory "$work/$1" --format=ustar --mtime="@$epoch" \
      --owner=interdict:10001 --group=interdict:10001 --numeric-owner --no-recursion ./var/lib/interdict
  fi
  gzip --no-name --best <"$work/$1.tar" >"$work/$1.tar.gz"
  digest=$(sha256sum <"$work/$1.tar.gz" | cut -d' ' -f1)
  size=$(stat -c %s "$work/$1.tar.gz")
  diff_ids="$diff_ids${diff_ids:+, }\"sha256:$(sha256sum <"$work/$1.tar" | cut -d' ' -f1)\""
  layers="$layers${layers:+, }{\"mediaType\": \"application/vnd.oci.image.layer.v1.tar+gzip\", \"digest\": \"sha256:$digest\", \"size\": $size}"
  docker_layers="$docker_layers${docker_layers:+, }\"blobs/sha256/$digest\""
  mv "$work/$1.tar.gz" "$layout/blobs/sha256/$digest"
}
layer system
layer program

blob() { # blob FILE: sets digest and size
  digest=$(sha256sum <"$1" | cut -d' ' -f1)
  size=$(stat -c %s "$1")
  mv "$1" "$layout/blobs/sha256/$digest"
}
# Healthcheck is Docker's and not of OCI's specification, which has others pass over it.
cat >"$work/config" <<JSON
{
  "created": "$time",
  "architecture": "$arch",
  "os": "linux",
  "config": {
    "User": "10001:10001",
    "Env": ["PATH=$home/runtime/bin", "LANG=C.UTF-8", "HOME=/var/lib/interdict"],
    "WorkingDir": "$home",
    "Entrypoint": ["$home/runtime/bin/java", "@$home/server"],
    "Cmd": ["run", "/var/lib/interdict/server"],
    "ExposedPorts": {"8460/tcp": {}, "8461/tcp": {}, "9464/tcp": {}},
    "Volumes": {"/var/lib/interdict": {}},
    "StopSignal": "SIGTERM",
    "Healthcheck": {
      "Test": ["CMD", "$home/runtime/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "@$home/server", "health", "/var/lib/interdict/server"],
      "Interval": 60000000000, "Timeout": 15000000000, "StartPeriod": 60000000000, "Retries": 3
    },
    "Labels": {
      "org.opencontainers.image.title": "Interdict policy server",
      "org.opencontainers.image.description": "Takes banned software off a company's workstations by a date: the policy server",
      "org.opencontainers.image.version": "$version",
      "org.opencontainers.image.created": "$time",
      "org.opencontainers.image.licenses": "Apache-2.0 AND GPL-2.0-only WITH Classpath-exception-2.0 AND LGPL-2.1-or-later",
      "dev.interdict.sbom": "/usr/share/doc/interdict-server/sbom.cdx.json",
      "dev.interdict.sbom.sha256": "$(sha256sum <"$sbom" | cut -d' ' -f1)",
      "dev.interdict.libc": "$libc $libc_version",
      "dev.interdict.java": "$java_version"
    }
  },
  "rootfs": {"type": "layers", "diff_ids": [$diff_ids]},
  "history": [
    {"created": "$time", "created_by": "$libc $libc_version"},
    {"created": "$time", "created_by": "interdict-server $version"}
  ]
}
JSON
blob "$work/config"
docker_config=blobs/sha256/$digest
printf '{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "sha256:%s", "size": %s}, "layers": [%s]}\n' \
  "$digest" "$size" "$layers" >"$work/manifest"
blob "$work/manifest"
printf '{"imageLayoutVersion": "1.0.0"}\n' >"$layout/oci-layout"
printf '{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [{"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:%s", "size": %s, "platform": {"architecture": "%s", "os": "linux"}, "annotations": {"org.opencontainers.image.ref.name": "%s"}}]}\n' \
  "$digest" "$size" "$arch" "$version" >"$layout/index.json"
printf '[{"Config": "%s", "RepoTags": ["interdict-server:%s"], "Layers": [%s]}]\n' \
  "$docker_config" "$version" "$docker_layers" >"$layout/manifest.json"

image=interdict-server-image_${version}_$arch.tar
tar --create --file "$packages/$image" --directory "$layout" --format=ustar --sort=name --mtime="@$epoch" \
  --owner=root:0 --group=root:0 --numeric-owner blobs index.json manifest.json oci-layout
install -m 644 "$sbom" "$packages/${image%.tar}.cdx.json"
rm -rf "$work"
ls -l "$packages/$image"
