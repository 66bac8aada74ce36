# Runs as a unit in an empty Debian whose process 1 is systemd: the blocks of README's pilot as they stand,
# server and workstation on one machine. What a person does there is done here: the two files are brought,
# what is printed is filled in where three dots stand, and the rule is edited. Says "ok: ..." for each step.
set -eu
. /story/telling.sh
export DEBIAN_FRONTEND=noninteractive
block() { sh -e "$1" >"/tmp/$(basename "$1").out" 2>&1 || fail "$1: $(cat "/tmp/$(basename "$1").out")"; }
as_account() { sudo -u interdict sh -e "$1" >"/tmp/$(basename "$1").out" 2>&1 || fail "$1: $(cat "/tmp/$(basename "$1").out")"; }

echo '127.0.0.1 interdict.example.com' >>/etc/hosts
rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*
person
mkdir /tmp/bought
find /story/repository/deb -name '*.deb' ! -name '*_0.0.*' -exec cp {} /tmp/bought/ \;
cd /tmp/bought

block /story/server.block
grep -q 'shown this once' /tmp/server.block.out || fail "no password was told: $(cat /tmp/server.block.out)"
await 60 "the server" systemctl is-active interdict-server
ok "server set up"

install -m 644 /var/lib/interdict/server/tls-ca.pem /etc/ssl/interdict-ca.pem
install -m 600 /var/lib/interdict/pilot-token /root/interdict-token
root=$(grep -o 'sha256:[0-9a-f]\{64\}' /tmp/server.block.out | head -n 1)
sed "s/^\(INTERDICT_ROOT_KEY=\)sha256:\.\.\.$/\1$root/" /story/workstation.block >/tmp/workstation.block
grep -q "$root" /tmp/workstation.block || fail "README has no place for the fingerprint"
block /tmp/workstation.block
await 60 "the enrolment" [ -e $state/enrolment.json ]
[ ! -e /root/interdict-token ] || fail "the token's file is still there"
ok "a workstation joined over TLS of the server's own"
often
# Nobody sits at a desktop of this machine, which is all that its doctor may find.
well() { interdict-agent doctor >/tmp/doctor || :; grep -q 'the server is reached' /tmp/doctor && ! grep FAIL /tmp/doctor | grep -qv desktop; }
for _ in $(seq 30); do if well; then break; fi; sleep 1; done
well || fail "$(cat /tmp/doctor)"
sh /story/look.block >/tmp/look 2>&1 || :
cat /tmp/look
ok "it answers, and its doctor finds nothing but that nobody sits there"

# Whoever edits writes the rule as they will; this changes its dates alone.
cat >/usr/local/bin/editor <<'END'
#!/bin/sh
announce=$(TZ=Asia/Shanghai date -d '+10 minutes' +%Y-%m-%dT%H:%M:%S)
effective=$(TZ=Asia/Shanghai date -d '+30 days' +%Y-%m-%dT%H:%M:%S)
sed -i "s/^  announce: .*/  announce: $announce/;s/^  effective: .*/  effective: $effective/" "$1"
END
chmod 755 /usr/local/bin/editor
as_account /story/draft.block
ok "a draft is observed"

listed() { as_server interdict draft preview 1 --actor anna --server-dir /var/lib/interdict/server | grep -q '^Looked *1 of 1 '; }
await 120 "the workstation's look" listed
sha=$(as_server interdict draft show 1 --server-dir /var/lib/interdict/server | sed -n 's/^SHA-256 *//p')
sed "s/--sha256 \.\.\./--sha256 $sha/" /story/publish.block >/tmp/publish.block
as_account /tmp/publish.block
ok "approved by another and published"
taken() { interdict-agent status | grep -qi 'claude'; }
await 120 "the rule on the workstation" taken
[ -e "$tool/package.json" ] || fail "it was taken before its date"
ok "the workstation knows the ban and its date"
