package dev.interdict.agent.report;

import java.util.Locale;
import java.util.Set;

/// The words of which the places consist where package managers, editors, browsers and operating
/// systems put things, on anybody's computer: none of them says anything about the person.
///
/// Words are runs of ASCII letters; `node_modules` is two. Those with which our own identities
/// begin and those of models are here as well. Whatever the sources look for has to be here, which
/// a test holds; a word that is missing is masked, no more.
final class PlaceWords {
  private static final Set<String> WORDS =
      Set.of(
          """
          aarch active agent agy aider alias aliases alpha alpine alternatives amd amp anaconda
          android androidstudio anthropic antigravity anyenv apk app appdata appimage appimages
          application applications apps appx apt arc arch archive arm armhf armv asdf assistant
          auto autostart azuredatastudio base bash bashrc berry beta bin bins bioconda bookworm
          boot brave bravesoftware brew browser build bullseye bun bundles bunx bz cache caches
          canary cargo cask caskroom ccd cellar channel chocolatey chrome chromedev
          chromenativehost chromium cjs classes claude claudecode cli cline cmd cn code codebuddy
          codebuddycn codeium codex codium com command commit common community compose conda conf
          config container containers contents continue copilot core crates cshrc current cursor d
          daemon darwin dat data db deb debian default deno deployedplugins desc desktop dev
          devcontainer devcontainers developer dia direct direnv disabled dist distribution distro
          dlx dmg docker dockerfile documents downloads dpkg dylib ecr edge editor egg entry env
          environment environments envrc envs epoch esr etc exe exploration exports extensions
          external extra fable family fd features fedora file files firefox fish flash flatpak
          floorp fnm for forge fox framework frameworks gcr gcroots gem gemini ghcr git github
          gitlab global globalstate globalstorage gnu go golang google goose gpg gpt gz haiku handler
          hatch hex home homebrew host hosts id ide image images index inf info ini inline insider
          insiders install installation installed installer installs instant io jar java jdk
          jetbrains jobs jre js json jsonc keyrings kiro kshrc latest launchagents launchdaemons level lib
          libexec library librewolf link links linux linuxbrew list lite litellm local localcache
          login machine macos mamba managed manifest mason maven mcr md media message messaging
          meta metadata mf microsoft mini miniconda miniforge mise mjs mnt mobile mode model
          models modules mozilla msi musl n name names nano native nativemessaginghosts next
          nightly nix node nodebrew nodejs nodenv nox npm npmrc npx ntuser nuget null nuspec nvim
          nvm nvs obsolete opencode openvscode opera opt opus org os oss package packages pacman
          pam params pdm pearai per perl persist pipx pixi pkg pki plasma plist plugin plugins pnpm
          policies positron powershell pre preferences preview private pro proc product profile
          profiles program programdata programs proto providers proxy ps pth public py pyc pyenv
          pypi pypoetry python pythons pythonsoftwarefoundation pzs qoder qodercli quay rc receipt
          receipts recommended record registry release releases remote remotedev remotes repo
          repos repositories requires residue resources rg roaming root rpm rpmdb rtx ruby run
          rust rye sbin scheme scoop scripts sdk self server servers service services settings share
          shared shim site slim snap snapd snaps snapshot so software sonnet sources srv stable
          staging standalone state status steps storage store subagent summary sums support
          sxrjxfjjc sxs sys sysimage system systemd tabautocompletemodel taps tar tcshrc termux
          testing tgz thebrowsercompany theia thinking thread tmp toml toolbox tools top tox trae
          ts turbo txt ubuntu ultra ungoogled uninstall universal unpackedextensions unplugged
          unstable upd update updates url user users uses usr usrclass uv v var variable venv
          venvs version versions virtual virtualenv virtualenvs visualstudio vivaldi vm void volta
          volumes vs vscode vscodium w wants waterfox weak whl win windows windowsapps
          windowspowershell windsurf winget workflows workspace x xdg xml xpi xprofile xsessionrc
          xz yaml yarn yml yum zed zen zip zlogin zprofile zsh zshenv zshrc zypp
          """
              .strip()
              .split("\\s+"));

  private PlaceWords() {}

  /// Whether `letters` is one of them, in upper or lower case.
  static boolean has(String letters) {
    return WORDS.contains(letters.toLowerCase(Locale.ROOT));
  }
}
