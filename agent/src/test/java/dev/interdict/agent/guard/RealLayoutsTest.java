package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Hands;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.match.Findings;
import dev.interdict.agent.pipe.GuardAnswer;
import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.quarantine.Quarantine;
import dev.interdict.agent.scan.Scan;
import dev.interdict.agent.sources.AllSources;
import dev.interdict.json.Json;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.report.ActionKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Layouts as real tools left them, looked at by all sources, removed by the real hands: what is
/// banned is gone with what brings it back, and everything else is what it was.
@EnabledOnOs(OS.LINUX)
class RealLayoutsTest {
  private static final String PACKAGE = "\"pkg:npm/%40anthropic-ai/claude-code\"";

  @TempDir Path folder;
  private Sandbox sandbox;
  private Planting planting;
  private LinuxProcesses processes;
  private Quarantine quarantine;
  private LinuxBench bench;

  @BeforeEach
  void stand() throws IOException {
    sandbox = Sandbox.in(Files.createDirectory(folder.resolve("root")));
    sandbox.user("ada");
    planting = new Planting(sandbox.root());
    processes = new LinuxProcesses();
    quarantine =
        Quarantine.open(
            folder.toRealPath().resolve("quarantine"),
            Duration.ofDays(30),
            () -> Instant.EPOCH,
            new Random(1));
    bench = new LinuxBench(sandbox.root(), quarantine, processes);
  }

  @AfterEach
  void close() {
    processes.close();
    quarantine.close();
  }

  private Inventory scan() throws IOException {
    try (var machine = sandbox.machine()) {
      return new Scan(AllSources.all(), Duration.ofMinutes(1), Scan.Progress.silent()).of(machine);
    }
  }

  private List<Finding> findings(Rule rule) throws IOException {
    var list = new Blocklist(1, "IT", List.of(rule), List.of());
    return Findings.in(list, scan());
  }

  /// Does what is due and looks again.
  private void remove(String packageUrl) throws IOException {
    var rule = RuleFixtures.rule(RuleFixtures.CLAUDE_CODE.replace(PACKAGE, packageUrl));
    var removing =
        new Removing(
            bench,
            List::of,
            BytePath.ROOT,
            BytePath.parse("/var/lib/interdict-agent/quarantine"),
            Survivors.open(folder.resolve("survivors.json"), "boot"));
    var acts = new ArrayList<Enforcer.Act>();
    for (var finding : findings(rule)) {
      acts.addAll(removing.enforce(finding, Enforcement.REMOVE));
    }
    assertTrue(acts.stream().allMatch(act -> act.error() == null), () -> "all goes well: " + acts);
    assertTrue(acts.stream().anyMatch(act -> act.kind() == ActionKind.QUARANTINED));
    assertEquals(List.of(), findings(rule));
  }

  private void remove() throws IOException {
    remove(PACKAGE);
  }

  /// Everything in the home with its content.
  private Map<String, String> home() throws IOException {
    var all = new TreeMap<String, String>();
    var home = sandbox.at("/home/ada");
    try (var files = Files.walk(home)) {
      for (var file : files.toList()) {
        var name = home.relativize(file).toString();
        if (Files.isSymbolicLink(file)) {
          all.put(name, "-> " + Files.readSymbolicLink(file));
        } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          all.put(name, Files.getPosixFilePermissions(file) + Files.readString(file));
        } else {
          all.put(name, "folder");
        }
      }
    }
    return all;
  }

  /// What is gone or changed since.
  private List<String> touched(Map<String, String> before) throws IOException {
    var now = home();
    assertTrue(before.keySet().containsAll(now.keySet()), "nothing of ours is left behind");
    return before.keySet().stream()
        .filter(n -> !Objects.equals(before.get(n), now.get(n)))
        .toList();
  }

  private void restoreAll() throws IOException {
    for (var held : bench.at(Hands::held).reversed()) {
      assertTrue(bench.at(hands -> hands.giveBack(held.id())).achieved(), held.path()::toString);
    }
  }

  private Json json(String path) throws Exception {
    return JsonReader.read(Files.readAllBytes(sandbox.at(path)), JsonLimits.FOREIGN);
  }

  private static final String EXTENSIONS = "home/ada/.vscode-server/extensions/";

  private void extension() {
    var folder = "anthropic.claude-code-2.1.328-linux-x64";
    planting.fixture("editors/vscode-server-1.139.1.txt", "home/ada");
    planting.file(
        EXTENSIONS + folder + "/package.json",
        "{\"publisher\": \"anthropic\", \"name\": \"claude-code\", \"version\": \"2.1.328\"}");
    planting.program(EXTENSIONS + folder + "/resources/native-binary/claude");
    planting.file(
        EXTENSIONS + "extensions.json",
        """
        [{"identifier":{"id":"acme.native"},"version":"2.0.1","location":{"$mid":1,"path":"/home/ada/.vscode-server/extensions/acme.native-2.0.1","scheme":"file"},"relativeLocation":"acme.native-2.0.1"},{"identifier":{"id":"anthropic.claude-code"},"version":"2.1.328","location":{"$mid":1,"path":"/home/ada/.vscode-server/extensions/FOLDER","scheme":"file"},"relativeLocation":"FOLDER","metadata":{"name":"a \\"]} b"}},{"identifier":{"id":"acme.sample"},"version":"1.3.0","relativeLocation":"acme.sample-1.3.0"}]\
        """
            .replace("FOLDER", folder));
  }

  @Test
  void an_editors_list_loses_the_one_entry_and_stays_what_a_strict_reader_takes() throws Exception {
    extension();
    var before = home();
    remove();
    var list = new GuardAnswer(json("/" + EXTENSIONS + "extensions.json"));
    assertEquals(
        List.of("acme.native-2.0.1", "acme.sample-1.3.0"),
        list.items().stream().map(entry -> entry.get("relativeLocation").text()).toList());
    assertEquals(
        List.of(),
        touched(before).stream()
            .filter(name -> !name.contains("anthropic.claude-code"))
            .filter(name -> !name.endsWith("/extensions.json"))
            .toList());
    restoreAll();
    assertEquals(before, home());
  }

  @Test
  void an_npx_cache_of_the_tool_goes_whole_and_that_of_another_stays() throws Exception {
    planting.fixture("npm/npx-claude-code-2.1.112.txt", "home/ada/.npm/_npx");
    var other = "home/ada/.npm/_npx/0123456789abcdef/";
    planting.file(other + "package.json", "{\"dependencies\": {\"claude-cmd\": \"1\"}}");
    planting.file(
        other + "node_modules/claude-cmd/package.json",
        "{\"name\": \"claude-cmd\", \"version\": \"1.0.0\"}");
    var before = home();
    remove();
    assertFalse(Files.exists(sandbox.at("/home/ada/.npm/_npx/91732b8981bef4f7")));
    assertEquals(
        List.of(),
        touched(before).stream().filter(name -> !name.contains("91732b8981bef4f7")).toList());
    restoreAll();
    assertEquals(before, home());
  }

  @Test
  void of_a_run_that_asked_for_something_else_too_only_the_package_goes() throws Exception {
    planting.fixture("npm/npx-claude-code-2.1.112.txt", "home/ada/.npm/_npx");
    var run = "home/ada/.npm/_npx/91732b8981bef4f7/";
    planting.file(
        run + "package.json",
        "{\"dependencies\": {\"@anthropic-ai/claude-code\": \"2\", \"claude-cmd\": \"1\"}}");
    planting.file(
        run + "node_modules/claude-cmd/package.json",
        "{\"name\": \"claude-cmd\", \"version\": \"1.0.0\"}");
    var before = home();
    remove();
    assertEquals(
        List.of(),
        touched(before).stream()
            .filter(name -> !name.contains("@anthropic-ai") && !name.endsWith(".bin/claude"))
            .toList());
  }

  @Test
  void pnpms_own_list_no_longer_asks_for_the_tool() throws Exception {
    planting.fixture("pnpm/pnpm-10.txt", "home/ada");
    var list = "/home/ada/.local/share/pnpm/global/5/package.json";
    var before = home();
    remove();
    assertEquals(
        JsonReader.read(
            "{\"dependencies\":{\"claude-cmd\":\"^1.1.1\"}}".getBytes(StandardCharsets.UTF_8),
            JsonLimits.FOREIGN),
        json(list));
    assertEquals(
        List.of(),
        touched(before).stream()
            .filter(name -> name.contains("claude-cmd") || name.contains("chalk"))
            .toList());
    restoreAll();
    assertEquals(before, home());
  }

  @Test
  void pnpms_run_of_the_tool_goes_whole() throws Exception {
    planting.fixture("pnpm/pnpm-10.txt", "home/ada");
    remove();
    try (var left = Files.walk(sandbox.at("/home/ada/.cache/pnpm/dlx"))) {
      assertTrue(left.noneMatch(f -> Files.isRegularFile(f) || Files.isSymbolicLink(f)));
    }
  }

  @Test
  void cargos_records_lose_the_crate_and_keep_the_others() throws Exception {
    planting.file(
        "home/ada/.cargo/.crates2.json",
        """
        {"installs":{"bat 0.24.0 (registry+https://github.com/rust-lang/crates.io-index)":{"bins":["bat"]},"evil 1.0.0 (registry+https://github.com/rust-lang/crates.io-index)":{"bins":["evil","evil-b"]}}}\
        """);
    planting.file(
        "home/ada/.cargo/.crates.toml",
        """
        [v1]
        "bat 0.24.0 (registry+https://github.com/rust-lang/crates.io-index)" = ["bat"]
        "evil 1.0.0 (registry+https://github.com/rust-lang/crates.io-index)" = [
            "evil",
            "evil-b",
        ]
        """);
    planting.file("home/ada/.cargo/bin/bat", new byte[] {0x7f, 'E', 'L', 'F'});
    planting.file("home/ada/.cargo/bin/evil", new byte[] {0x7f, 'E', 'L', 'F', 1});
    var before = home();
    remove("\"pkg:cargo/evil\"");
    assertEquals(
        List.of(".cargo/.crates.toml", ".cargo/.crates2.json", ".cargo/bin/evil"), touched(before));
    assertTrue(
        Files.readString(sandbox.at("/home/ada/.cargo/.crates.toml")).endsWith("= [\"bat\"]\n"));
    assertEquals(
        "{\"installs\":{\"bat 0.24.0 (registry+https://github.com/rust-lang/crates.io-index)\":"
            + "{\"bins\":[\"bat\"]}}}",
        JsonWriter.line(json("/home/ada/.cargo/.crates2.json")));
    restoreAll();
    assertEquals(before, home());
  }

  private void nativeTool() {
    planting.program("home/ada/.local/share/claude/versions/2.1.328");
    planting.program("home/ada/.local/share/claude/versions/2.1.327");
    planting.link("home/ada/.local/bin/claude", "/home/ada/.local/share/claude/versions/2.1.328");
    planting.file("home/ada/.claude/settings.json", "{}");
    planting.fixture("residue/claude-code-leftovers.txt", "home/ada");
  }

  @Test
  void what_starts_the_tool_by_itself_goes_with_it_and_nothing_that_starts_others()
      throws Exception {
    nativeTool();
    var units = "home/ada/.config/systemd/user/";
    planting.file(
        units + "claude-backup.service", "[Service]\nExecStart=/usr/bin/tar c %h/.claude\n");
    planting.file(
        units + "both.service",
        "[Service]\nExecStart=%h/.local/bin/claude x\nExecStart=%h/bin/mine\n");
    planting.file(units + "shell.service", "[Service]\nExecStart=/bin/sh -c \"claude\"\n");
    planting.file(
        units + "nightly.service", "[Service]\nExecStart=-/usr/bin/env A=b %h/.local/bin/claude\n");
    planting.file(units + "nightly.timer", "[Timer]\nOnCalendar=daily\n");
    planting.file(
        "home/ada/.config/autostart/claude.desktop",
        "[Desktop Entry]\nType=Application\nExec=claude --tray\n");
    var before = home();
    remove();
    assertEquals(
        List.of(
            ".config/systemd/user/com.anthropic.claude-daemon.service",
            ".config/systemd/user/default.target.wants/com.anthropic.claude-daemon.service",
            ".config/systemd/user/nightly.service",
            ".config/systemd/user/nightly.timer",
            ".local/bin/claude",
            ".local/share/applications/claude-code-url-handler.desktop",
            ".local/share/claude/versions/2.1.327",
            ".local/share/claude/versions/2.1.328"),
        touched(before));
    restoreAll();
    assertEquals(before, home());
  }

  @Test
  void what_brings_the_tool_back_is_taken_before_the_tool() throws Exception {
    nativeTool();
    remove();
    var paths = bench.at(Hands::held).stream().map(held -> held.path().toString()).toList();
    var unit = "/home/ada/.config/systemd/user/com.anthropic.claude-daemon.service";
    assertTrue(paths.indexOf(unit) >= 0);
    assertTrue(
        paths.indexOf(unit) < paths.indexOf("/home/ada/.local/share/claude/versions/2.1.328"));
  }

  @Test
  void a_browsers_host_that_is_the_tool_goes_with_it() throws Exception {
    nativeTool();
    var hosts = "home/ada/.config/google-chrome/NativeMessagingHosts/";
    planting.file(
        hosts + "com.anthropic.claude.json",
        "{\"name\": \"com.anthropic.claude\", \"path\": \"/home/ada/.local/bin/claude\"}");
    planting.file(
        hosts + "org.claude.other.json",
        "{\"name\": \"org.claude.other\", \"path\": \"/home/ada/bin/other\"}");
    remove();
    try (var left = Files.list(sandbox.at("/" + hosts))) {
      assertEquals(
          List.of("org.claude.other.json"), left.map(f -> f.getFileName().toString()).toList());
    }
  }

  /// T29.
  @Test
  void of_a_python_package_only_files_of_its_own_installation_go() throws Exception {
    var site = "home/ada/.local/lib/python3.11/site-packages/";
    var record = site + "evil-1.0.dist-info/";
    planting.file(record + "METADATA", "Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n");
    planting.file(site + "evil/__init__.py", "");
    planting.file(site + "other/__init__.py", "");
    planting.file("home/ada/Documents/thesis.txt", "years of work");
    planting.file("home/ada/.local/lib/python3.11/other.py", "");
    planting.file("etc/important", "");
    planting.link(site + "linked", "/home/ada/Documents");
    var tool = "#!/home/ada/venv/bin/python\nimport evil\n";
    planting.file("home/ada/.local/bin/evil", tool);
    var sum = MessageDigest.getInstance("SHA-256").digest(tool.getBytes(StandardCharsets.UTF_8));
    planting.file(
        record + "RECORD",
        String.join(
            "\n",
            "evil/__init__.py,,",
            "evil-1.0.dist-info/METADATA,,",
            "evil-1.0.dist-info/RECORD,,",
            "../../../bin/evil,sha256="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(sum)
                + ","
                + tool.length(),
            "../../../../Documents/thesis.txt,,",
            "/home/ada/Documents/thesis.txt,,",
            "/etc/important,,",
            "./../other.py,,",
            "linked/thesis.txt,,",
            ""));
    var before = home();
    remove("\"pkg:pypi/evil\"");
    assertEquals(
        List.of(
            ".local/bin/evil",
            ".local/lib/python3.11/site-packages/evil",
            ".local/lib/python3.11/site-packages/evil-1.0.dist-info",
            ".local/lib/python3.11/site-packages/evil-1.0.dist-info/METADATA",
            ".local/lib/python3.11/site-packages/evil-1.0.dist-info/RECORD",
            ".local/lib/python3.11/site-packages/evil/__init__.py"),
        touched(before));
    assertTrue(Files.exists(sandbox.at("/etc/important")));
    restoreAll();
    assertEquals(before, home());
  }

  /// T30.
  @Test
  void removing_an_npm_package_runs_no_script_of_any_package() throws Exception {
    var modules = "home/ada/.npm-global/lib/node_modules/";
    var trap = folder.resolve("trap");
    planting.file(
        modules + "@anthropic-ai/claude-code/package.json",
        """
        {"name": "@anthropic-ai/claude-code", "version": "2.1.112", "bin": {"claude": "cli.js"},
         "scripts": {"preuninstall": "touch %1$s", "uninstall": "touch %1$s",
                     "postuninstall": "touch %1$s", "postinstall": "touch %1$s"}}\
        """
            .formatted(trap));
    planting.file(modules + "@anthropic-ai/claude-code/cli.js", "#!/bin/sh\ntouch " + trap + "\n");
    planting.file(
        modules + "other/package.json",
        "{\"name\": \"other\", \"version\": \"1.0.0\", \"scripts\": {\"postinstall\": \"touch "
            + trap
            + "\"}}");
    for (var name : List.of("npm", "node", "sh")) {
      planting.file("home/ada/.npm-global/bin/" + name, "#!/bin/sh\ntouch " + trap + "\n");
      sandbox.at("/home/ada/.npm-global/bin/" + name).toFile().setExecutable(true);
    }
    planting.file("home/ada/.npmrc", "prefix=/home/ada/.npm-global\n");
    remove();
    assertFalse(Files.exists(trap));
    assertFalse(Files.exists(sandbox.at("/" + modules + "@anthropic-ai")), "no empty scope folder");
    assertTrue(Files.exists(sandbox.at("/" + modules + "other/package.json")));
  }
}
