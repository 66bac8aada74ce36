package dev.interdict.agent.sources.residue;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.interdict.agent.sources.SourceFuzz;
import dev.interdict.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What users, administrators and packages write about what starts and where packages come from.
class ResidueFuzzTest {
  @TempDir Path root;

  @Test
  void addresses() throws Exception {
    Fuzz.of("repository-address")
        .seeds("https://user:pass@host.example:8443/path/x?y=z#f", "git@host:a/b")
        .words("@", ":", "/", "?", "#", ";", "\\", "://", "%40", "[", "]")
        .refuses(IllegalArgumentException.class)
        .run(input -> {
          var address = Address.of(new String(input, StandardCharsets.UTF_8));
          assertFalse(address != null && address.contains("@"));
        });
  }

  @Test
  void files_of_package_managers_and_desktops() throws Exception {
    var fuzz = SourceFuzz.below(root);
    var source = new ResidueSource();
    fuzz.scans(
        "apt-list",
        source,
        "etc/apt/sources.list",
        "deb [arch=amd64 a=b] https://x.org/y s c # z\n");
    fuzz.scans(
        "apt-sources",
        source,
        "etc/apt/sources.list.d/x.sources",
        "Types: deb\nURIs: https://x.org\n http://y.org\nEnabled: yes\n\nTypes: deb-src\n");
    fuzz.scans(
        "ini",
        source,
        "etc/yum.repos.d/x.repo",
        "[x]\nbaseurl=https://x.org/$a,https://y.org\n  https://z.org\nenabled=1\n");
    fuzz.scans(
        "unit",
        source,
        "home/ada/.config/systemd/user/x.service",
        "[Service]\nExecStart=\nExecStart=-@/usr/bin/env node 'A=b' %h/x \"y z\" %%i\nUnit=../x\n");
    fuzz.scans(
        "desktop-handler",
        source,
        "home/ada/.local/share/applications/x.desktop",
        "[Desktop Entry]\n"
            + "NoDisplay=true\n"
            + "Exec=\"/home/ada/x\" %u\n"
            + "MimeType=x-scheme-handler/a;text/b;\n");
  }
}
