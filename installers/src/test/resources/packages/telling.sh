# Sourced by the stories: what they say, and how they wait.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8

ok() { echo "ok: $*"; }
fail() { # where there is a systemd; a story without one says itself what it saw
  echo "FAILED: $*"
  journalctl --no-pager -q -o cat -u interdict-agent -u interdict-agent-enrol -u interdict-server | tail -n 40
  systemctl --no-pager --failed
  exit 1
}
await() { # await SECONDS WHAT COMMAND...
  seconds=$1 what=$2
  shift 2
  for _ in $(seq "$seconds"); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 1
  done
  fail "waited $seconds s in vain for $what"
}
as_server() { setpriv --reuid interdict --regid interdict --clear-groups env HOME=/var/lib/interdict "$@"; }

# A person with a tool, and with notes.
person() {
  useradd --create-home --shell /bin/sh lin
  tool=/home/lin/.npm-global/lib/node_modules/@anthropic-ai/claude-code
  install -d -o lin -g lin /home/lin/.npm-global/bin "$tool"
  printf '{"name":"@anthropic-ai/claude-code","version":"2.1.112","bin":{"claude":"cli.js"}}\n' >"$tool/package.json"
  echo '#!/usr/bin/env node' >"$tool/cli.js"
  ln -s ../lib/node_modules/@anthropic-ai/claude-code/cli.js /home/lin/.npm-global/bin/claude
  echo notes >/home/lin/notes.txt
  chown -R lin:lin /home/lin
}
# Every file of hers, with what is in it.
belongings() { (cd /home/lin && find . -type f -exec sha256sum {} + | sort); }

# Publishes the ready ban of the tool, in force in $1 seconds.
ban() {
  as_server sh -c 'cd /tmp && mkdir -p rules && interdict rule new claude-code --into rules' >/dev/null
  now=$(TZ=Asia/Shanghai date -d '-60 seconds' +%Y-%m-%dT%H:%M:%S)
  date=$(TZ=Asia/Shanghai date -d "+$1 seconds" +%Y-%m-%dT%H:%M:%S)
  sed -i "s/^  announce: .*/  announce: $now/;s/^  effective: .*/  effective: $date/;s/^  minimum-notice: .*/  minimum-notice: PT3S/;s/^  reminders: .*/  reminders: []/" /tmp/rules/claude-code.yaml
  as_server interdict publish /tmp/rules/claude-code.yaml --server-dir /var/lib/interdict/server \
    --break-glass "one person plays all parts here" >/dev/null 2>&1
}

state=/var/lib/interdict-agent

# All that is on the disk, each file with its mode, owner, size and time. Not there: what is the kernel's
# or of this start alone, and where the story itself writes.
everything() {
  find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /story \
    -o -path /home/lin -o -path /etc/systemd/system/interdict-agent.service.d \) -prune \
    -o -type d -printf '%p %m %u:%g\n' -o -printf '%p %m %u:%g %s %T@\n' | sort
}
# Says what has come or changed since "everything >/tmp/before".
left() { everything | comm -13 /tmp/before - | sed 's/ .*//;s/^/left: /'; }

# Leaves the server and joins it anew, as an admin does it, by a new token in the place of the old one.
joins_anew() { # joins_anew TOKEN-FILE
  first=$(cat $state/enrolment.json) was=$(held)
  [ -n "$was" ] || fail "nothing is in quarantine that could be lost"
  ! interdict-agent unenrol >/tmp/unenrol 2>&1 || fail "it left while the guard runs"
  systemctl stop interdict-agent
  interdict-agent unenrol >/tmp/unenrol 2>&1 || fail "$(cat /tmp/unenrol)"
  [ ! -e $state/enrolment.json ] && [ ! -e $state/device.key ] || fail "its identity is still there"
  systemctl start interdict-agent || :
  ! systemctl -q is-active interdict-agent || fail "a guard without an identity runs"
  as_server interdict-server token create --uses 1 --file /var/lib/interdict/anew \
    --server-dir /var/lib/interdict/server >/dev/null
  install -m 600 /var/lib/interdict/anew "$1"
  rm /var/lib/interdict/anew
  systemctl start interdict-agent-enrol || fail "it does not join anew"
  [ ! -e "$1" ] || fail "the token's file is still there"
  [ -e $state/enrolment.json ] && [ "$first" != "$(cat $state/enrolment.json)" ] || fail "it is the same device"
  await 60 "the guard" systemctl is-active interdict-agent
  await 60 "the guard's answer" interdict-agent status
  [ "$was" = "$(held)" ] || fail "the quarantine is not as it was"
}

# The guard looks every quarter of an hour, and waits until its people were told, who sit at no desktop
# here: it looks often and tells the log. All else of its unit stays as it is.
often() {
  mkdir /etc/systemd/system/interdict-agent.service.d
  printf '[Service]\nExecStart=\nExecStart=%s --interval PT2S --terminal --lang en --no-desktop\n' \
    "$(sed -n 's/^ExecStart=//p' /usr/lib/systemd/system/interdict-agent.service)" \
    >/etc/systemd/system/interdict-agent.service.d/often.conf
  systemctl daemon-reload
  systemctl restart interdict-agent
}

held() { find $state/quarantine/held -type f -exec sha256sum {} + 2>/dev/null | sort; }
# What an upgrade must not touch.
kept() {
  cat $state/enrolment.json $state/device.key
  held
  find $state/trust -name root.json -exec sha256sum {} + | sort
  grep -c . $state/ledger
}
main_pid() { systemctl show -p MainPID --value interdict-agent; }
# After a change of version: another guard, which knows all that the one before knew.
same_after() { # same_after PID KEPT
  await 60 "the new guard" sh -c "[ \"\$(systemctl show -p MainPID --value interdict-agent)\" != $1 ] && systemctl -q is-active interdict-agent"
  await 60 "the server" systemctl is-active interdict-server
  await 60 "the guard's answer" interdict-agent status
  interdict-agent status >/tmp/status || :
  grep -q 'serial\|Policy' /tmp/status && ! grep -q 'none verified' /tmp/status || fail "the signed list was lost: $(cat /tmp/status)"
  [ "$(kept | head -n -1)" = "$(echo "$2" | head -n -1)" ] || fail "not kept: $(kept) was $2"
  [ "$(kept | tail -n 1)" -ge "$(echo "$2" | tail -n 1)" ] || fail "the ledger is shorter"
}

# By its files or its accounts, not by its name: dnf leaves GnuPG's agent behind, at work for a while yet in
# a folder that it has named after the repository.
nothing_runs() {
  for process in $(grep -l '/usr/lib/[i]nterdict' /proc/[0-9]*/cmdline 2>/dev/null) \
    $(find /proc -maxdepth 1 \( -user interdict -o -user interdict-scan -o -user interdict-sync \) 2>/dev/null); do
    fail "still runs: $(tr '\0' ' ' <"${process%/cmdline}/cmdline")"
  done
}

another() { is=$(main_pid) && [ "$is" != 0 ] && [ "$is" != "$1" ] && systemctl -q is-active interdict-agent; }
# A guard that died or hangs is followed by another. The unit's own patience would take minutes here.
runs_again() {
  pid=$(main_pid)
  kill -KILL "$pid"
  await 60 "a guard after one that was killed" another "$pid"
  printf '[Service]\nWatchdogSec=15\nTimeoutAbortSec=5\n' >/etc/systemd/system/interdict-agent.service.d/watched.conf
  systemctl daemon-reload
  systemctl restart interdict-agent
  await 60 "the guard's answer" interdict-agent status
  pid=$(main_pid)
  kill -STOP "$pid"
  await 90 "a guard after one that hung" another "$pid"
  rm /etc/systemd/system/interdict-agent.service.d/watched.conf
  systemctl daemon-reload
  systemctl restart interdict-agent
  await 60 "the guard's answer" interdict-agent status
}
