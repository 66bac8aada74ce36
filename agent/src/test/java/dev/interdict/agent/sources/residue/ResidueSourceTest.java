package dev.interdict.agent.sources.residue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.sources.Workstation;
import dev.interdict.policy.Residue;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResidueSourceTest {
  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new ResidueSource());
  }

  private List<String> texts() {
    var seen = seen();
    assertEquals(List.of(), seen.gaps());
    return Workstation.texts(seen);
  }

  private Item only() {
    assertEquals(1, seen().items().size());
    return seen().items().getFirst();
  }

  @Test
  void leftovers_of_a_tool_are_told_each_by_its_kind() {
    station.planting.fixture("residue/claude-code-leftovers.txt", "home/ada");
    assertEquals(
        List.of(
            "service com.anthropic.claude-daemon.service",
            "autostart claude-desktop.desktop",
            "url-handler claude-cli",
            "data .claude",
            "data .claude.json",
            "data .config/Claude",
            "data .local/state/claude"),
        texts());
  }

  @Test
  void only_what_starts_by_itself_in_a_home_has_parts() {
    station.planting.fixture("residue/claude-code-leftovers.txt", "home/ada");
    station.planting.file("home/ada/.bashrc", "alias claude=/x/claude\n");
    station.planting.file("etc/systemd/system/acme.service", "[Service]");
    station.planting.file("etc/xdg/autostart/acme.desktop", "[Desktop Entry]\nType=Application\n");
    station.planting.file("etc/apt/sources.list", "deb https://x.org/apt stable main\n");
    var unit = "/home/ada/.config/systemd/user/com.anthropic.claude-daemon.service";
    var main =
        seen().items().stream()
            .flatMap(item -> Workstation.parts(item, Part.Role.MAIN).stream())
            .toList();
    assertEquals(
        List.of(
            unit,
            "/home/ada/.config/autostart/claude-desktop.desktop",
            "/home/ada/.local/share/applications/claude-code-url-handler.desktop"),
        main);
    assertEquals(
        List.of(
            "/home/ada/.config/systemd/user/default.target.wants/com.anthropic.claude-daemon.service"),
        Workstation.parts(seen().items().getFirst(), Part.Role.LAUNCHER));
    assertTrue(
        seen().items().stream()
            .filter(item -> item.owner() == null)
            .allMatch(item -> item.parts().isEmpty()));
  }

  @Test
  void units_of_packages_and_forbidden_ones_are_none() {
    station.planting.file("usr/lib/systemd/system/cron.service", "[Service]");
    station.planting.link("etc/systemd/system/sshd.service", "/lib/systemd/system/ssh.service");
    station.planting.link("etc/systemd/system/masked.service", "/dev/null");
    station.planting.link("etc/systemd/system/alias.service", "own.service");
    station.planting.file("etc/systemd/system/own.service", "[Service]");
    station.planting.file("etc/systemd/system/own.service~", "[Service]");
    station.planting.file("etc/systemd/system/own.mount", "[Mount]");
    station.planting.link("etc/systemd/system/linked.timer", "/opt/acme/linked.timer");
    assertEquals(List.of("service linked.timer", "service own.service"), texts());
  }

  @Test
  void unit_that_is_a_link_is_told_and_not_taken() {
    station.planting.file("home/ada/src/x.service", "[Service]");
    station.planting.link("home/ada/.config/systemd/user/x.service", "/home/ada/src/x.service");
    assertEquals(List.of(), only().parts());
  }

  @Test
  void agents_of_launchd_go_by_their_file() {
    station.planting.file("home/ada/Library/LaunchAgents/com.acme.agent.plist", "x");
    station.planting.file("home/ada/Library/LaunchAgents/a b.plist", "x");
    station.planting.file("Library/LaunchDaemons/com.acme.daemon.plist", "x");
    station.planting.file("Library/LaunchDaemons/com.acme.daemon.plist.bak", "x");
    assertEquals(List.of("service com.acme.agent", "service com.acme.daemon"), texts());
  }

  @Test
  void hidden_entry_starts_nothing() {
    station.planting.file("home/ada/.config/autostart/x.desktop", "[Desktop Entry]\nHidden=true\n");
    station.planting.file("home/ada/.config/autostart/y.desktop", "no entry");
    assertEquals(List.of(), texts());
  }

  @Test
  void handler_that_does_more_is_not_taken() {
    var applications = "home/ada/.local/share/applications/";
    station.planting.file(
        applications + "browser.desktop",
        "[Desktop Entry]\nNoDisplay=true\nMimeType=text/html;x-scheme-handler/http;\n");
    station.planting.file(
        applications + "editor.desktop", "[Desktop Entry]\nMimeType=x-scheme-handler/cursor;\n");
    station.planting.file(
        applications + "two.desktop",
        "[Desktop Entry]\nNoDisplay=true\nMimeType=x-scheme-handler/a;x-scheme-handler/b;\n"
            + "[Desktop Action x]\nMimeType=x-scheme-handler/c\n");
    assertEquals(
        List.of("url-handler http", "url-handler cursor", "url-handler a", "url-handler b"),
        texts());
    assertTrue(seen().items().stream().allMatch(item -> item.parts().isEmpty()));
  }

  @Test
  void repositories_of_apt() {
    station.planting.fixture("residue/apt-debian-12.txt", "");
    assertEquals(
        List.of(
            "repository packages.cloud.google.com/apt",
            "repository deb.debian.org/debian",
            "repository deb.debian.org/debian-security",
            "repository deb.nodesource.com/node_20.x"),
        texts());
  }

  @Test
  void repository_alone_is_residue_where_its_package_is_gone() {
    station.planting.file(
        "etc/apt/sources.list.d/claude-desktop.list",
        "deb [arch=amd64 signed-by=/usr/share/keyrings/x.asc]"
            + " https://downloads.claude.ai/claude-desktop/apt/ stable main\n");
    assertEquals(List.of("repository downloads.claude.ai/claude-desktop/apt"), texts());
    assertEquals("/etc/apt/sources.list.d/claude-desktop.list", only().location().toString());
  }

  private List<String> partsOf(String address) {
    return seen().items().stream()
        .filter(item -> item.identity().equals(new Identity.OfResidue(Residue.REPOSITORY, address)))
        .flatMap(item -> item.parts().stream())
        .map(part -> part.path().toString())
        .toList();
  }

  private void source(String file, String key, String address) {
    station.planting.file(
        "etc/apt/sources.list.d/" + file,
        "# added by the package\ndeb [signed-by="
            + key
            + "] https://"
            + address
            + " stable main\n");
  }

  @Test
  void a_file_of_one_source_goes_with_its_key() {
    station.planting.file("etc/apt/keyrings/claude-code.asc", "key");
    source("claude-code.list", "/etc/apt/keyrings/claude-code.asc", "a.org/apt");
    station.planting.file("etc/pki/rpm-gpg/KEY-x", "key");
    station.planting.file(
        "etc/yum.repos.d/x.repo",
        "[x]\nbaseurl=https://b.org/rpm\ngpgkey=file:///etc/pki/rpm-gpg/KEY-x\n");
    station.planting.file("usr/share/keyrings/y.gpg", "key");
    station.planting.file(
        "etc/apt/sources.list.d/y.sources",
        "Types: deb\nURIs: https://c.org\nSigned-By: /usr/share/keyrings/y.gpg\n");
    assertEquals(
        List.of("/etc/apt/sources.list.d/claude-code.list", "/etc/apt/keyrings/claude-code.asc"),
        partsOf("a.org/apt"));
    assertEquals(
        List.of("/etc/yum.repos.d/x.repo", "/etc/pki/rpm-gpg/KEY-x"), partsOf("b.org/rpm"));
    assertEquals(
        List.of("/etc/apt/sources.list.d/y.sources", "/usr/share/keyrings/y.gpg"),
        partsOf("c.org"));
  }

  @Test
  void a_key_that_another_source_names_too_or_that_lies_elsewhere_stays() {
    station.planting.file("etc/apt/keyrings/shared.asc", "key");
    source("x.list", "/etc/apt/keyrings/shared.asc", "a.org");
    source("y.list", "/etc/apt/keyrings/shared.asc", "b.org");
    source("z.list", "/etc/passwd", "c.org");
    source("w.list", "/etc/apt/keyrings/../../passwd", "d.org");
    assertEquals(List.of("/etc/apt/sources.list.d/x.list"), partsOf("a.org"));
    assertEquals(List.of("/etc/apt/sources.list.d/z.list"), partsOf("c.org"));
    assertEquals(List.of("/etc/apt/sources.list.d/w.list"), partsOf("d.org"));
  }

  @Test
  void a_file_with_anything_more_in_it_is_told_and_stays() {
    station.planting.file("etc/apt/sources.list", "deb https://a.org x main\n");
    station.planting.file(
        "etc/apt/sources.list.d/two.list", "deb https://b.org x main\ndeb https://c.org x main\n");
    station.planting.file(
        "etc/apt/sources.list.d/source.list",
        "deb https://d.org x main\ndeb-src https://other.org x main\n");
    station.planting.file(
        "etc/yum.repos.d/off.repo",
        "[x]\nbaseurl=https://e.org\n[y]\nbaseurl=https://f.org\nenabled=0\n");
    station.planting.file("etc/apk/repositories", "https://g.org/v3\n");
    station.planting.file(
        "etc/apt/sources.list.d/off.list",
        "# mine\ndeb https://h.org x main\n# deb https://other.org x main\n");
    assertEquals(7, seen().items().size());
    seen().items().forEach(item -> assertEquals(List.of(), item.parts()));
  }

  @Test
  void repositories_of_apt_that_are_off_or_bring_sources_only_are_none() {
    station.planting.file(
        "etc/apt/sources.list", "# deb https://a.org x y\ndeb-src https://b.org x\ndeb\ndeb [a\n");
    station.planting.file(
        "etc/apt/sources.list.d/x.sources",
        "Enabled: no\nTypes: deb\nURIs: https://c.org\n\nTypes: deb-src\nURIs: https://d.org\n\n"
            + "Types: deb-src deb\nURIs: https://e.org\n https://f.org/x\n# no\n\nTypes: deb\n");
    assertEquals(List.of("repository e.org", "repository f.org/x"), texts());
  }

  @Test
  void repositories_of_dnf_zypper_apk_and_pacman() {
    station.planting.file(
        "etc/yum.repos.d/claude-code.repo",
        """
        [claude-code]
        name=Claude Code
        baseurl=https://downloads.claude.ai/rpm/$basearch
            https://mirror.example.org/rpm
        enabled=1
        [off]
        baseurl=https://off.example.org
        enabled=0
        """);
    station.planting.file(
        "etc/zypp/repos.d/x.repo", "[x]\nbaseurl=https://z.org/x,https://z.org/y\n");
    station.planting.file(
        "etc/apk/repositories",
        "https://a.org/v3/main\n@edge https://a.org/edge\n#https://b.org\n/media/cdrom/apks\n");
    station.planting.file(
        "etc/pacman.conf",
        "[options]\nServer = https://no.org\n[acme]\nServer = https://p.org/$repo/os/$arch\n"
            + "#[gone]\n#Server = https://gone.org\n[core]\nInclude = /etc/pacman.d/mirrorlist\n");
    assertEquals(
        List.of(
            "repository downloads.claude.ai/rpm/$basearch",
            "repository mirror.example.org/rpm",
            "repository z.org/x",
            "repository z.org/y",
            "repository a.org/v3/main",
            "repository a.org/edge",
            "repository p.org/acme/os/$arch"),
        texts());
  }

  @Test
  void password_in_the_address_of_a_real_remote_is_left_out() {
    station.planting.fixture("residue/flatpak-1.14.txt", "home/ada");
    assertEquals(List.of("repository flatpak.example.org/repo"), texts());
  }

  @Test
  void taps_go_by_where_they_come_from() {
    var taps = "opt/homebrew/Library/Taps/";
    station.planting.folder(taps + "qoderai/homebrew-qoder");
    station.planting.file(
        taps + "acme/homebrew-tools/.git/config",
        "[core]\n\tbare = false\n[remote \"origin\"]\n"
            + "\turl = https://x:canary@git.acme.example/tools.git\n");
    station.planting.folder(taps + "acme/not-a-tap");
    assertEquals(
        List.of(
            "repository git.acme.example/tools", "repository github.com/qoderai/homebrew-qoder"),
        texts());
  }

  @Test
  void address_that_may_hold_a_password_is_a_gap_that_does_not_quote_it() {
    station.planting.file("etc/apt/sources.list", "deb https://u:can/ary@x.org/apt stable main\n");
    assertEquals(List.of(), seen().items());
    assertEquals(1, seen().gaps().size());
    assertTrue(!seen().gaps().getFirst().detail().contains("ary"));
  }

  @Test
  void alias_is_told_by_the_command_it_calls() {
    station.planting.file(
        "home/ada/.bashrc",
        "alias claude=\"/home/ada/.claude/local/claude\"\nalias c='claude -c'\nalias ll='ls -l'\n"
            + "# alias codex=x\nalias claudette=other\nalias claude-dev=x\n");
    station.planting.file("home/ada/.zshrc", "alias claude='npx @anthropic-ai/claude-code'\n");
    station.planting.file("home/ada/.config/fish/config.fish", "alias q qodercli\n");
    assertEquals(List.of("alias claude", "alias claude", "alias qodercli"), texts());
  }

  @Test
  void data_is_told_by_its_place_and_never_read() {
    station.planting.file("home/ada/.aider.chat.history.md", "canary");
    station.planting.link("home/ada/.codex", "/elsewhere/codex");
    station.planting.folder("home/ada/.config/Code/User/globalStorage/anthropic.claude-code");
    station.planting.folder("home/ada/.config/Code/User/globalStorage/other.extension");
    station.planting.folder("home/ada/.claudette");
    station.planting.folder("home/ada/.config/claude");
    assertEquals(
        List.of(
            "data .aider.chat.history.md",
            "data .codex",
            "data .config/Code/User/globalStorage/anthropic.claude-code"),
        texts());
    assertTrue(seen().items().stream().allMatch(item -> item.parts().isEmpty()));
  }

  @Test
  void data_keeps_its_known_place_where_a_folder_on_the_way_is_a_link() {
    station.planting.folder("home/ada/dotfiles/config/Claude");
    station.planting.link("home/ada/.config", "dotfiles/config");
    assertEquals(List.of("data .config/Claude"), texts());
  }
}
