#!/usr/bin/env bash
# Makes the packages of the distribution: deb and rpm of agent and server, each with a Java of its
# own, manual pages, completion and a bill of materials; byte for byte the same each time from the
# same sources and the same JDK.
#
# build.sh DIST OUT VERSION TIME [OTHER]
#   DIST        the distribution's folder (bin, lib); which jars are whose, and what is known of
#               them, stands in target/ of the modules
#   OUT         where packages go
#   TIME        what every file in them bears at the latest, such as 2026-11-21T00:00:00Z
#   OTHER       the folder jmods of a JDK of the very same version for Linux on the other processor
#               (aarch64 where this is x86_64, and the other way round): packages for that one as well
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

here=$(cd "$(dirname "$0")" && pwd)
dist=$1 out=$2 version=$3 time=$4
epoch=$(date -d "$time" +%s)
export SOURCE_DATE_EPOCH=$epoch
java_home=${JAVA_HOME:?build.sh: set JAVA_HOME to a JDK 25}
project=$(cd "$here/../../.." && pwd)
work=$out/work

other_modules=${5:-}

. "$here/lib/processor.sh"
processor "$(uname -m)"
for tool in dpkg-deb strip "$java_home/bin/jlink"; do
  command -v "$tool" >/dev/null || { echo "build.sh: needs $tool" >&2; exit 1; }
done

# dpkg compares "~" as before the release; rpm knows it too.
release=${version/-SNAPSHOT/~snapshot}

rm -rf "$out"
mkdir -p "$work"

. "$here/lib/tree.sh"
. "$here/lib/deb.sh"
. "$here/lib/rpm.sh"

agent() {
  tree=$work/agent
  # Smaller on the disk of each workstation, for a few megabytes more to fetch.
  program interdict-agent interdict-agent "$project/agent/target" /usr/lib/interdict-agent "$agent_modules" zip-6 interdict-agent
  two_languages "$tree"/usr/lib/interdict-agent/lib/icu4j-*.jar
  install -m 644 "$dist/lib/guard.classes" "$dist/lib/practice.sh" "$tree/usr/lib/interdict-agent/lib/"
  install -d "$tree/usr/lib/interdict-agent/lib/native"
  cp -r "$dist/lib/native/$native" "$tree/usr/lib/interdict-agent/lib/native/"
  install -D -m 644 "$project/agent/src/main/shell/interdict.sh" "$tree/etc/profile.d/interdict.sh"
  install -D -m 644 "$project/agent/src/main/shell/interdict.fish" "$tree/usr/share/fish/vendor_conf.d/interdict.fish"
  install -D -m 644 "$project/agent/src/main/shell/interdict.zsh" "$tree/usr/share/interdict-agent/interdict.zsh"
  install -d "$tree/etc/interdict-agent/enrol.conf.d"
  packages interdict-agent
}

server() {
  tree=$work/server
  program interdict-server interdict-policy-server "$project/policy-server/target" /usr/lib/interdict "$server_modules" zip-0 interdict-server interdict
  # Its state is as new as the newest change of its tables; that of the agent is a number in its tree,
  # raised when an older agent could not read what a newer one has written.
  ls "$project/policy-server/src/main/resources/dev/interdict/server/store/migration" |
    sed -n 's/^V0*\([0-9]*\)__.*/\1/p' | sort -n | tail -n 1 >"$tree/usr/lib/interdict/state-version"
  packages interdict-server
}

agent
server
if [ -n "$other_modules" ]; then
  other_processor "$other_modules"
  rm -rf "$work"
  mkdir -p "$work"
  agent
  server
else
  echo "build.sh: nothing for the other processor: no folder jmods was given (-Dother.processor.jmods=DIR)" >&2
fi

rm -rf "$work"
ls -l "$out"
