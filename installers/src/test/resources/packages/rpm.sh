# Runs as a unit in an empty Debian whose process 1 is systemd, with dnf and rpm and an rpm database of
# its own: the rpms out of the signed repository in /story/repository. What the packages ask of the
# system (glibc, util-linux, shadow-utils) is Debian's own, so the database is told that they are there
# by an empty package of those names. Says "ok: ..." for each step.
set -eu
. /story/telling.sh
dnf() { command dnf -q -y --setopt=reposdir=/etc/yum.repos.d --setopt=install_weak_deps=False "$@" >/tmp/dnf 2>&1; }

rpm --initdb
rpm -i --nosignature /story/system.rpm
mkdir -p /etc/yum.repos.d
repository_of() { # repository_of KEY
  printf '[interdict]\nname=Interdict\nbaseurl=file:///story/repository/rpm\nenabled=1\ngpgcheck=1\nrepo_gpgcheck=1\ngpgkey=file:///story/%s\n' "$1" >/etc/yum.repos.d/interdict.repo
  rm -rf /var/cache/dnf
}
repository_of stranger.asc
! dnf install interdict-agent || fail "a repository of another's signature was taken"
! rpm -q interdict-agent >/dev/null || fail "installed in spite of it"
repository_of repository/interdict.asc
ok "only the repository's own signature is taken"

old=0.0.9 older=0.0.8
new=$(ls /story/repository/rpm | sed -n 's/^interdict-agent-\(.*\)\.[^.]*\.rpm$/\1/p' | sort -V | tail -n 1)
person
everything >/tmp/before
dnf install "interdict-server-$old" || fail "$(cat /tmp/dnf)"
as_server interdict-server init /var/lib/interdict/server --issuer "IT of Example" >/tmp/init
root=$(grep -o 'sha256:[0-9a-f]\{64\}' /tmp/init | head -n 1)
systemctl start interdict-server || fail "the server does not start"
await 60 "the server" sh -c 'journalctl -q -u interdict-server | grep -q Agents'
before=$(belongings)
ban 60
INTERDICT_SERVER=http://127.0.0.1:8460 INTERDICT_ROOT_KEY=$root \
  INTERDICT_ENROL_TOKEN=$(cat /var/lib/interdict/server/enrolment-token) \
  dnf install "interdict-agent-$old" || fail "$(cat /tmp/dnf)"
await 60 "the enrolment" [ -e $state/enrolment.json ]
often
await 30 "the guard" systemctl is-active interdict-agent
ok "$old installed, its units enrolled and guard"
await 300 "the tool's removal" [ ! -e "$tool" ]
await 120 "the second scan" sh -c 'journalctl -q -u interdict-agent | grep -q verified'
ok "gone at the date"

go_to() { # go_to VERSION
  pid=$(main_pid) was=$(kept)
  dnf "$2" "interdict-agent-$1" "interdict-server-$1" || fail "$(cat /tmp/dnf)"
  same_after "$pid" "$was"
  [ "$(rpm -q --qf '%{VERSION}' interdict-agent)" = "$1" ] || fail "it is not $1"
}
go_to "$new" upgrade
ok "upgraded to $new: identity, quarantine, list and ledger kept"
go_to "$old" downgrade
ok "back to $old: the same"
! rpm -U --oldpackage --nosignature /story/repository/rpm/interdict-agent-$older.*.rpm >/tmp/dnf 2>&1 || fail "went to $older"
grep -q "does not know what a newer one has written" /tmp/dnf || fail "$(cat /tmp/dnf)"
[ "$(rpm -q --qf '%{VERSION}' interdict-agent)" = "$old" ] || fail "half installed"
systemctl -q is-active interdict-agent || fail "stopped by it"
ok "a downgrade to $older, which does not know this state, is refused and nothing stops"
rpm -V interdict-agent interdict-server >/tmp/dnf || ! grep -v ' c /etc\|/var/' /tmp/dnf || fail "$(cat /tmp/dnf)"

echo 'INTERDICT_ENROL_TOKEN_FILE=/root/token' >/etc/interdict-agent/enrol.conf.d/60-anew.conf
joins_anew /root/token
ok "left its server and joined it anew, with what is in quarantine"

as_server interdict withdraw claude-code --server-dir /var/lib/interdict/server >/dev/null
back() { interdict-agent restore claude-code; [ -e "$tool/package.json" ]; }
await 90 "its return" back
[ "$before" = "$(belongings)" ] || fail "not as it was"
ok "given back byte for byte"
dnf remove interdict-agent interdict-server || fail "$(cat /tmp/dnf)"
nothing_runs
[ -e $state/ledger ] || fail "erasing took the state"
! rpm -U --nosignature /story/repository/rpm/interdict-agent-$older.*.rpm >/tmp/dnf 2>&1 || fail "$older was installed over what a newer one has written"
grep -q "does not know what a newer one has written" /tmp/dnf || fail "$(cat /tmp/dnf)"
left
ok "erased, nothing runs, settings and state stay"
