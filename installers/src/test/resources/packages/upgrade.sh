# Runs as a unit in an empty Debian whose process 1 is systemd: installs from the signed repository in
# /story/repository, lets the units do their work as they stand, goes from the version before to this
# one and back with a tool in quarantine, and removes all. Says "ok: ..." for each step.
set -eu
. /story/telling.sh
export DEBIAN_FRONTEND=noninteractive
apt() { apt-get -q -y -o Dpkg::Use-Pty=0 "$@" >/tmp/apt 2>&1; }

# A repository that somebody else signed is none.
rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*
mkdir -p /etc/apt/keyrings
source_of() { # source_of KEY
  cp "/story/$1" /etc/apt/keyrings/interdict.asc
  echo "deb [signed-by=/etc/apt/keyrings/interdict.asc] file:/story/repository/deb stable main" >/etc/apt/sources.list.d/interdict.list
}
source_of stranger.asc
! apt update || fail "a repository of another's signature was taken: $(cat /tmp/apt)"
grep -q 'NO_PUBKEY\|not signed' /tmp/apt || fail "$(cat /tmp/apt)"
! apt install interdict-agent || fail "something was installed out of it"
source_of repository/interdict.asc
apt update || fail "$(cat /tmp/apt)"
ok "only the repository's own signature is taken"

old=$(apt-cache madison interdict-agent | awk '{ print $3 }' | sort -V | sed -n 2p)
new=$(apt-cache madison interdict-agent | awk '{ print $3 }' | sort -V | sed -n 3p)
older=$(apt-cache madison interdict-agent | awk '{ print $3 }' | sort -V | sed -n 1p)
person
everything >/tmp/before
apt install "interdict-server=$old" || fail "$(cat /tmp/apt)"
as_server interdict-server init /var/lib/interdict/server --issuer "IT of Example" >/tmp/init
root=$(grep -o 'sha256:[0-9a-f]\{64\}' /tmp/init | head -n 1)
systemctl start interdict-server || fail "the server does not start"
await 60 "the server" sh -c 'journalctl -q -u interdict-server | grep -q Agents'
before=$(belongings)
# The same tool as a package of Debian's, which only dpkg removes, outside of the guard's unit.
mkdir -p /tmp/claude/DEBIAN /tmp/claude/usr/bin
printf 'Package: claude-code\nVersion: 2.1.112\nArchitecture: all\nMaintainer: nobody <nobody@example.invalid>\nDescription: the tool\n' >/tmp/claude/DEBIAN/control
printf '#!/bin/sh\n' >/tmp/claude/usr/bin/claude
dpkg-deb -Znone --build /tmp/claude /tmp/claude.deb >/dev/null && dpkg -i /tmp/claude.deb >/tmp/apt 2>&1 || fail "$(cat /tmp/apt)"
ban 60
cp /var/lib/interdict/server/enrolment-token /root/token
INTERDICT_SERVER=http://127.0.0.1:8460 INTERDICT_ROOT_KEY=$root INTERDICT_ENROL_TOKEN_FILE=/root/token \
  apt install "interdict-agent=$old" || fail "$(cat /tmp/apt)"
await 60 "the enrolment" [ -e $state/enrolment.json ]
often
await 30 "the guard" systemctl is-active interdict-agent
[ ! -e /root/token ] || fail "the token's file is still there"
ok "$old installed, its units enrolled and guard"

await 300 "the tool's removal" [ ! -e "$tool" ]
await 120 "the package's removal" sh -c '! dpkg-query -W -f "\${db:Status-Status}" claude-code | grep -qx installed'
await 60 "the quarantine" sh -c "[ -n \"\$(find $state/quarantine/held -type f | head -n 1)\" ]"
await 120 "the second scan" sh -c 'journalctl -q -u interdict-agent | grep -q verified'
ok "gone at the date, by units under their full hardening"

go_to() { # go_to VERSION
  pid=$(main_pid) was=$(kept)
  apt install --allow-downgrades "interdict-agent=$1" "interdict-server=$1" || fail "$(cat /tmp/apt)"
  same_after "$pid" "$was"
  [ "$(dpkg-query -W -f '${Version}' interdict-agent)" = "$1" ] || fail "it is not $1"
}
go_to "$new"
ok "upgraded to $new: identity, quarantine, list and ledger kept"
go_to "$old"
ok "back to $old: the same"
for program in agent server; do
  ! apt install --allow-downgrades "interdict-$program=$older" || fail "$program went to $older"
  grep -q "does not know what a newer one has written" /tmp/apt || fail "$(cat /tmp/apt)"
  [ "$(dpkg-query -W -f '${Version} ${Status}' "interdict-$program")" = "$old install ok installed" ] || fail "half installed"
  await 60 "interdict-$program to run on" systemctl is-active "interdict-$program"
done
ok "a downgrade to $older, which does not know this state, is refused and nothing stops"
go_to "$new"

runs_again
ok "a guard that was killed, and one that hung, is followed by another"

interdict-agent support-bundle --output /story/bundle.zip >/tmp/bundle 2>&1 || fail "$(cat /tmp/bundle)"

joins_anew /root/token
ok "left its server and joined it anew, with what is in quarantine"

as_server interdict withdraw claude-code --server-dir /var/lib/interdict/server >/dev/null
back() { interdict-agent restore claude-code; [ -e "$tool/package.json" ]; }
await 90 "its return" back
[ "$before" = "$(belongings)" ] || fail "not as it was"
ok "given back byte for byte after three changes of version"

systemd-analyze verify interdict-agent.service interdict-agent-enrol.service interdict-server.service || fail "units"
# By --threshold it is an error to stand open wider than this, in tenths.
for bound in interdict-agent:45 interdict-agent-enrol:41 interdict-server:11; do
  systemd-analyze security --no-pager --threshold="${bound#*:}" "${bound%:*}.service" >/tmp/exposure ||
    fail "$(tail -n 1 /tmp/exposure)"
done
systemctl reload interdict-server || fail "a reload"
await 30 "the settings" sh -c 'journalctl -q -u interdict-server | grep -q "settings read anew"'
[ "$(systemctl show -p NRestarts --value interdict-server)" = 0 ] || fail "the server was started again"

for page in interdict-agent.1 interdict-agent-status.1 interdict.1 interdict-server.8; do
  [ -s "/usr/share/man/man${page##*.}/$page.gz" ] || fail "no manual page $page"
done
for shell in bash-completion/completions/interdict fish/vendor_completions.d/interdict-agent.fish zsh/vendor-completions/_interdict-server; do
  [ -s "/usr/share/$shell" ] || fail "no $shell"
done
ok "manual pages and completion are there"

apt remove interdict-agent || fail "$(cat /tmp/apt)"
! systemctl -q is-active interdict-agent interdict-agent-enrol.timer interdict-agent-enrol.path || fail "something of it runs"
[ -e $state/ledger ] || fail "removal took the state"
! apt install "interdict-agent=$older" || fail "$older was installed over what $new has written"
grep -q "does not know what a newer one has written" /tmp/apt || fail "$(cat /tmp/apt)"
apt purge interdict-agent interdict-server || fail "$(cat /tmp/apt)"
nothing_runs
[ -z "$(systemctl list-units --no-legend --plain 'interdict*')" ] || fail "$(systemctl list-units 'interdict*')"
left
ok "removed and purged, nothing runs"
