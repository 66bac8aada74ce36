#!/bin/bash
# What the installed agent costs, in an empty Debian of its own without a network: package, server,
# enrolment, a scan and an exchange, then figures.
#
# footprint.sh DEBIAN DEB DIST JDK [WHAT...]       as root
#   DEBIAN  a folder made by debootstrap --variant=minbase; it is written to, so give a copy
#   DEB     the agent's package; DIST the distribution with the server; JDK what runs the server
#   WHAT    flags: the guard with each line of the standard input as a sed script upon its start
#             script, all at the same time ("=" is the script as it is)
#           start: commands and the scan worker with and without Java's archive of classes
#           classes: the names of the classes that a guard loads, for guard.classes
set -euo pipefail
if [ "${FOOTPRINT_INSIDE:-}" = "" ]; then
  debian=$(realpath "$1") deb=$(realpath "$2") dist=$(realpath "$3") jdk=$(realpath "$4")
  shift 4
  mkdir -p "$debian/opt/dist" "$debian/opt/jdk"
  cp "$deb" "$debian/tmp/agent.deb"
  cp "$0" "$debian/tmp/footprint.sh"
  # shellcheck disable=SC2016
  exec unshare --mount --pid --net --uts --fork --kill-child bash -c '
    set -e
    root=$0; dist=$1; jdk=$2
    shift 2
    mount --bind "$root" "$root"
    mount --bind "$dist" "$root/opt/dist"
    mount --bind "$jdk" "$root/opt/jdk"
    ip link set lo up
    mount -t proc proc "$root/proc"
    mount -t tmpfs tmpfs "$root/run"
    mount -t tmpfs tmpfs "$root/dev"
    for device in null zero full random urandom tty; do
      touch "$root/dev/$device"
      mount --bind "/dev/$device" "$root/dev/$device"
    done
    exec chroot "$root" /usr/bin/env -i FOOTPRINT_INSIDE=yes PATH=/usr/sbin:/usr/bin:/sbin:/bin \
      LC_ALL=C.UTF-8 JAVA_HOME=/opt/jdk bash /tmp/footprint.sh "$@"' "$debian" "$dist" "$jdk" "$@"
fi

home=/usr/lib/interdict-agent
settle=${SETTLE:-130}

as_server() { setpriv --reuid interdict --regid interdict --clear-groups env HOME=/var/lib/interdict JAVA_HOME=/opt/jdk "$@"; }

set_up() {
  if id interdict >/dev/null 2>&1; then rm -rf /var/lib/interdict/server /tmp/rules; else
    useradd --system --create-home --home-dir /var/lib/interdict interdict
    useradd --create-home --shell /bin/sh lin
  fi
  tool=/home/lin/.npm-global/lib/node_modules/@anthropic-ai/claude-code
  install -d "$tool"
  printf '{"name":"@anthropic-ai/claude-code","version":"2.1.112"}\n' >"$tool/package.json"
  chown -R lin:lin /home/lin
  as_server /opt/dist/bin/interdict-server init /var/lib/interdict/server --issuer Example >/tmp/init
  trust=$(grep -o 'sha256:[0-9a-f]\{64\}' /tmp/init | head -n 1)
  as_server /opt/dist/bin/interdict-server run /var/lib/interdict/server </dev/null >/tmp/server-out 2>&1 &
  until grep -q Agents /tmp/server-out; do sleep 1; done
  as_server sh -c 'cd /tmp && mkdir -p rules && /opt/dist/bin/interdict rule new claude-code --into rules' >/dev/null
  now=$(TZ=Asia/Shanghai date -d '-60 seconds' +%Y-%m-%dT%H:%M:%S)
  then=$(TZ=Asia/Shanghai date -d '+20 days' +%Y-%m-%dT%H:%M:%S)
  sed -i "s/^  announce: .*/  announce: $now/;s/^  effective: .*/  effective: $then/" /tmp/rules/claude-code.yaml
  as_server /opt/dist/bin/interdict publish /tmp/rules/claude-code.yaml --server-dir /var/lib/interdict/server \
    --break-glass "one person plays all parts here" >/dev/null 2>&1
  dpkg -i /tmp/agent.deb >/tmp/installed 2>&1
  stat -c '%n %s bytes' /tmp/agent.deb "$home"/cache/*
  du -sm "$home" "$home/runtime" | awk '{ print $2, $1, "MiB" }'
}

# device FOLDER
device() {
  rm -rf "$1"
  mkdir -m 700 "$1"
  cp /var/lib/interdict/server/enrolment-token /tmp/token
  interdict-agent enrol --server http://127.0.0.1:8460 --trust-root "$trust" --token-file /tmp/token --state "$1" >/dev/null
}

# guard NUMBER: starts the script variant-NUMBER upon a device of its own
guard() {
  device "/var/lib/device-$1"
  rm -f "/tmp/events-$1"
  "$home/bin/variant-$1" guard --state "/var/lib/device-$1" --events "/tmp/events-$1" </dev/null >"/tmp/said-$1" 2>&1 &
  guards="$guards $!"
  echo "$1" >"/tmp/number-$!"
}

# A guard that ended is not waited for.
await_exchange() {
  for pid in $guards; do
    number=$(cat "/tmp/number-$pid")
    while kill -0 "$pid" 2>/dev/null && ! grep -q delivered "/tmp/events-$number" 2>/dev/null; do sleep 1; done
  done
}

sum() { cat /proc/"$1"/task/*/schedstat 2>/dev/null | awk "{ all += \$$2 } END { print all }"; }

flags() {
  guards=''
  number=0
  while read -r change; do
    number=$((number + 1))
    echo "$change" >"/tmp/change-$number"
    if [ "$change" = "=" ]; then change=; fi
    sed "$change" "$home/bin/interdict-agent" >"$home/bin/variant-$number"
    chmod 755 "$home/bin/variant-$number"
    guard "$number"
  done
  await_exchange
  sleep "$settle"
  for pid in $guards; do sum "$pid" 1 >"/tmp/cpu-$pid"; sum "$pid" 3 >"/tmp/wakes-$pid"; done
  sleep 60
  echo "rss anon file peak threads idle-cpu-% wakes/s start-cpu-s change"
  for pid in $guards; do
    number=$(cat "/tmp/number-$pid")
    if ! kill -0 "$pid" 2>/dev/null; then
      echo "ended: $(cat "/tmp/change-$number"): $(tail -n 1 "/tmp/said-$number")"
      continue
    fi
    awk -v was="$(cat "/tmp/cpu-$pid")" -v is="$(sum "$pid" 1)" -v wakes="$(($(sum "$pid" 3) - $(cat "/tmp/wakes-$pid")))" \
      -v change="$(cat "/tmp/change-$number")" '
      { value[$1] = $2 }
      END { printf "%.1f %.1f %.1f %.1f %d %.4f %.2f %.2f %s\n", value["VmRSS:"] / 1024, value["RssAnon:"] / 1024,
        value["RssFile:"] / 1024, value["VmHWM:"] / 1024, value["Threads:"], (is - was) / 6e8, wakes / 60, was / 1e9, change }' \
      "/proc/$pid/status"
    kill "$pid"
  done
  rm -f "$home"/bin/variant-*
}

# median TIMES COMMAND...: wall and processor time in seconds
median() {
  times=$1
  shift
  TIMEFORMAT='%R %U %S'
  for _ in $(seq "$times"); do
    { time "$@" </dev/null >/dev/null 2>&1 || :; } 2>&1 | awk '{ print $1, $2 + $3 }'
  done >/tmp/times
  for column in 1 2; do sort -n -k "$column" /tmp/times | awk -v c="$column" '{ v[NR] = $c } END { printf "%s ", v[int((NR + 1) / 2)] }'; done
}

start() {
  sed 's/-r "$archive"/-r ""/' "$home/lib/launch.sh" >/tmp/launch.sh
  echo "median of 12: wall and processor seconds with the archive, the same without"
  for command in "--version" "status" "scan" "scan --root $home/cache"; do
    with=$(median 12 interdict-agent $command)
    cp "$home/lib/launch.sh" /tmp/kept.sh && cp /tmp/launch.sh "$home/lib/launch.sh"
    without=$(median 12 interdict-agent $command)
    cp /tmp/kept.sh "$home/lib/launch.sh"
    echo "$command: $with / $without"
  done
}

classes() {
  sed 's/^guard="/guard="-Xshare:off -XX:DumpLoadedClassList=\/tmp\/loaded /;s/^    archive=.*/    archive=none/' \
    "$home/bin/interdict-agent" >"$home/bin/variant-0"
  chmod 755 "$home/bin/variant-0"
  guards=''
  guard 0
  await_exchange
  sleep 5
  kill $guards
  wait $guards || :
  rm "$home/bin/variant-0"
  # Names alone: what the machine makes up while it runs has others each time.
  grep -v '^[#@]\| source: ' /tmp/loaded | sed 's/ id: [0-9]*$//' | sort -u
}

set_up >&2
for what in "$@"; do
  case $what in
    flags | start | classes) "$what" ;;
    *) echo "footprint.sh: flags, start or classes, not $what" >&2; exit 2 ;;
  esac
done
