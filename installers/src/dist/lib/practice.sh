#!/bin/sh
# practice.sh FOLDER: makes below FOLDER a machine with a little of every kind of thing that a scan reads.
# Java's archive of classes holds what a run for practice has used: with nothing to read that would be
# half of the agent, and with this computer it would read its people's homes during an installation.
set -eu
umask 022
cd "$1"

# put FILE: out of the standard input
put() {
  mkdir -p "$(dirname "$1")"
  cat >"$1"
}

echo "x:x:$(id -u):$(id -g):x:/home/x:/bin/sh" | put etc/passwd

put var/lib/dpkg/status <<'END'
Package: practice
Status: install ok installed
Version: 1.0-1
Architecture: all
Maintainer: Nobody <nobody@example.invalid>
Description: nothing
 more of it

END
echo /usr/bin/practice | put var/lib/dpkg/info/practice.list
printf 'P:practice\nV:1.0-r0\n\n' | put lib/apk/db/installed
printf '%%NAME%%\npractice\n\n%%VERSION%%\n1.0-1\n\n' | put var/lib/pacman/local/practice-1.0-1/desc
printf '%%FILES%%\nusr/bin/practice\n' | put var/lib/pacman/local/practice-1.0-1/files
printf 'name: practice\nversion: "1.0"\n' | put snap/practice/1/meta/snap.yaml
ln -s 1 snap/practice/current
printf '[Application]\nname=org.example.Practice\n' |
  put var/lib/flatpak/app/org.example.Practice/current/active/metadata
printf '#!/bin/sh\n' | put usr/bin/practice
chmod 755 usr/bin/practice
printf '[Desktop Entry]\nType=Application\nName=Practice\nExec=/usr/bin/practice %%U\n' |
  put usr/share/applications/practice.desktop
echo 'deb https://packages.example.invalid/ stable main' | put etc/apt/sources.list.d/practice.list
echo '{"name":"com.example.practice","path":"/usr/bin/practice","type":"stdio"}' |
  put etc/opt/chrome/native-messaging-hosts/com.example.practice.json
echo '{"ExtensionInstallForcelist":["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]}' |
  put etc/opt/chrome/policies/managed/practice.json
echo '{"name":"practice","version":"1.0.0","bin":"cli.js"}' |
  put usr/lib/node_modules/practice/package.json

cd home/x 2>/dev/null || { mkdir -p home/x && cd home/x; }
echo '{"name":"@practice/one","version":"1.0.0","bin":{"one":"cli.js"},"dependencies":{"two":"1"}}' |
  put .npm-global/lib/node_modules/@practice/one/package.json
printf '#!/usr/bin/env node\n' | put .npm-global/lib/node_modules/@practice/one/cli.js
mkdir -p .npm-global/bin .local/bin
ln -s ../lib/node_modules/@practice/one/cli.js .npm-global/bin/one
printf 'Metadata-Version: 2.1\nName: practice\nVersion: 1.0\n' |
  put .local/lib/python3.12/site-packages/practice-1.0.dist-info/METADATA
echo 'practice/__init__.py,,' | put .local/lib/python3.12/site-packages/practice-1.0.dist-info/RECORD
printf '[console_scripts]\npractice = practice:main\n' |
  put .local/lib/python3.12/site-packages/practice-1.0.dist-info/entry_points.txt
echo '{"installs":{"practice 1.0.0 (registry+https://example.invalid)":{"bins":["practice"]}}}' |
  put .cargo/.crates2.json
echo '{"name":"practice","publisher":"example","version":"1.0.0"}' |
  put .vscode/extensions/example.practice-1.0.0/package.json
echo '[{"identifier":{"id":"example.practice"},"version":"1.0.0","relativeLocation":"example.practice-1.0.0"}]' |
  put .vscode/extensions/extensions.json
printf '<idea-plugin><id>example.practice</id><name>Practice</name><version>1.0</version></idea-plugin>' |
  put .local/share/JetBrains/IdeaIC2025.1/practice/META-INF/plugin.xml
echo '{"extensions":{"settings":{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa":{"state":1,"path":"x/1.0_0"}}}}' |
  put .config/google-chrome/Default/Preferences
echo '{"name":"Practice","version":"1.0","manifest_version":3}' |
  put .config/google-chrome/Default/Extensions/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/1.0_0/manifest.json
printf '[Profile0]\nName=x\nIsRelative=1\nPath=x.default\n' | put .mozilla/firefox/profiles.ini
echo '{"addons":[{"id":"practice@example.invalid","version":"1.0","type":"extension","active":true}]}' |
  put .mozilla/firefox/x.default/extensions.json
printf 'export PATH="$HOME/.npm-global/bin:$PATH"\nalias one=two\nexport ANTHROPIC_API_KEY=practice\n' | put .bashrc
printf 'OPENAI_API_KEY=practice\n' | put .config/environment.d/practice.conf
printf 'model: practice-1\n' | put .aider.conf.yml
printf 'models:\n  - name: one\n    provider: two\n    model: practice-1\n' | put .continue/config.yaml
echo '{"model":"practice-1"}' | put .claude/settings.json
printf '[Unit]\nDescription=x\n[Service]\nExecStart=/usr/bin/practice\n' | put .config/systemd/user/practice.service
printf '[Desktop Entry]\nType=Application\nName=Practice\nExec=practice\n' | put .config/autostart/practice.desktop
printf '[Desktop Entry]\nType=Application\nName=Practice\nExec=practice\n' | put .local/share/applications/practice.desktop
echo '{"name":"app","version":"0.0.1","dependencies":{"practice":"1"}}' | put code/app/package.json
echo '{"name":"practice","version":"1.0.0"}' | put code/app/node_modules/practice/package.json
