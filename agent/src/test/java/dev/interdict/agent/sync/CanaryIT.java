package dev.interdict.agent.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.cli.Main;
import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.report.Report;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedFinding;
import dev.interdict.trust.repository.RepositoryPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Personal data is planted wherever people keep some, with banned tools in the midst of it; the
/// real program then enrols, scans, matches and reports, and not a byte of that data may be in what
/// it sends.
@EnabledOnOs(value = OS.LINUX, disabledReason = "runs the Linux agent")
final class CanaryIT {
  private static final String RULE =
      RuleFixtures.CLAUDE_CODE
          .replace(
              "{\"program\": {\"home\": \".local/share/claude/versions/*\"}},",
              """
              {"program": {"home": ".local/share/claude/versions/*"}},
              {"program": {"home": "**/claude"}},
              {"program": {"system": "/opt/**/claude"}},
              {"package": "pkg:pypi/claude-agent-sdk"},
              {"extension": {"chrome": "fcoeoabgfenejglbffodgkkbkcdhcgfn"}},
              {"model-use": {"models": ["claude-*"]}},
              {"environment": {"variables": ["ANTHROPIC_API_KEY"]}},
              {"container": {"references": ["**/claude-code"]}},
              {"residue": {"data": ".claude*/**", "service": "*claude*", "autostart": "*claude*",
                           "repository": "**/*claude*/**", "url-handler": "claude*",
                           "alias": "claude"}},
              """)
          .replace("\"max-items-per-device\": 20", "\"max-items-per-device\": 100");

  private static final Canaries CANARIES = new Canaries(System.nanoTime());

  @TempDir Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private final List<Process> started = new ArrayList<>();
  private SmallServer server;
  private Wiretap wire;
  private Sandbox sandbox;
  private Planting planting;

  @BeforeEach
  void begin() throws Exception {
    server = new SmallServer(folder.resolve("repository"));
    server.repository.publish(
        RepositoryPlan.BLOCKLIST,
        Blocklist.PATH,
        JsonWriter.compact(Blocklist.document(1, "IT", List.of(RuleFixtures.json(RULE)))),
        List.of(server.keys.blocklist()));
    wire = new Wiretap(server.address());
    sandbox = Sandbox.in(Files.createDirectory(folder.resolve("machine")));
    planting = new Planting(sandbox.root());
  }

  @AfterEach
  void end() throws Exception {
    for (var process : started) {
      process.destroyForcibly().waitFor();
    }
    wire.close();
    server.close();
  }

  private static String manifest(String more) {
    return "{\"name\": \"@anthropic-ai/claude-code\", \"version\": \"2.1.112\"%s}".formatted(more);
  }

  /// A home whose owner, folders, files and settings bear names of people.
  private void home(String user) throws IOException {
    var home = "home/" + user + "/";
    sandbox.user(user);
    projects(home);
    runtimes(home);
    editors(home);
    settings(home);
    for (var name : List.of(".bash_history", ".zsh_history", ".gitconfig", "notes.txt")) {
      planting.file(home + name, "claude --resume " + CANARIES.address(name) + "\n");
    }
  }

  /// Names in the folders above, split over several, and in what the tool's own record states.
  private void projects(String home) {
    var project = home + "work/" + CANARIES.name("a folder") + "/" + CANARIES.hanzi("a folder");
    planting.file(
        project + "/node_modules/@anthropic-ai/claude-code/package.json",
        manifest(
            ", \"author\": \"%s\", \"license\": \"%s\", \"repository\": \"https://x.example/%s\""
                .formatted(
                    CANARIES.address("an author"),
                    CANARIES.name("a licence"),
                    CANARIES.name("an address"))));
    planting.file(
        home
            + "%s/%s/x/%s/node_modules/@anthropic-ai/claude-code/package.json"
                .formatted(
                    CANARIES.name("a split name"),
                    CANARIES.name("a split name"),
                    CANARIES.number("a split name")),
        "{\"name\": \"@anthropic-ai/claude-code\", \"version\": \"2.1.0-"
            + CANARIES.name("a version")
            + "\"}");
    planting.file(
        home + "lib/node_modules/" + CANARIES.name("a package") + "/bin/claude", "#!/bin/sh\n");
    planting.file(
        home + "src/" + CANARIES.name("a project") + "/Dockerfile",
        "FROM registry.%s.example/%s/claude-code:%s\nRUN echo %s\n"
            .formatted(
                CANARIES.name("a registry"),
                CANARIES.name("an image"),
                CANARIES.name("a tag"),
                CANARIES.name("a container file")));
    planting.file(
        home + "src/app/.devcontainer/devcontainer.json",
        "{\"name\": \"%s\", \"image\": \"%s.example/claude-code\", \"remoteUser\": \"%s\"}"
            .formatted(
                CANARIES.name("a container"),
                CANARIES.name("an image's host"),
                CANARIES.name("a container's user")));
    planting.file(
        home + "src/app/.claude/settings.json",
        "{\"model\": \"claude-opus-%s\", \"apiKeyHelper\": \"%s\"}"
            .formatted(CANARIES.name("a model"), CANARIES.name("a command")));
    planting.file(
        home + "src/" + CANARIES.hanzi("a project") + "/.aider.conf.yml",
        "model: anthropic/claude-sonnet-4-5\ngit-dname: " + CANARIES.name("a setting") + "\n");
  }

  private void runtimes(String home) throws IOException {
    planting.file(
        home + ".npmrc",
        "prefix=${HOME}/%s\n//registry.example/:_authToken=%s\nemail=%s@example.com\n"
            .formatted("npm-of-" + CANARIES.name("a prefix"), CANARIES.name("a token"), "x"));
    planting.file(
        home
            + ".nvm/versions/node/v22.9.0-"
            + CANARIES.name("a version of Node")
            + "/lib/node_modules/@anthropic-ai/claude-code/package.json",
        manifest(""));
    var packages =
        home + ".virtualenvs/" + CANARIES.name("an environment") + "/lib/python3.12/site-packages/";
    planting.file(
        home + ".virtualenvs/" + packages.split("/")[3] + "/pyvenv.cfg", "home = /usr/bin\n");
    var record = packages + "claude_agent_sdk-0.1.20.dist-info/";
    planting.file(
        record + "METADATA",
        "Metadata-Version: 2.1\nName: claude-agent-sdk\nVersion: 0.1.20+%s\nAuthor: %s\n"
            .formatted(CANARIES.name("a version"), CANARIES.name("an author")));
    planting.file(record + "RECORD", "claude_agent_sdk/__init__.py,,\n");
    planting.file(packages + "claude_agent_sdk/__init__.py", "");
    planting.program(
        home + ".local/share/claude/versions/2.1.9-" + CANARIES.name("a native version"));
    planting.program(home + "bin/" + CANARIES.name("a folder of programs") + "/claude");
    planting.program(home + "Downloads/Claude-" + CANARIES.name("an AppImage") + ".AppImage");
  }

  private void editors(String home) {
    var folder = "anthropic.claude-code-2.1.112-" + CANARIES.name("an extension's folder");
    planting.file(
        home + ".vscode/extensions/" + folder + "/package.json",
        "{\"publisher\": \"Anthropic\", \"name\": \"claude-code\", \"version\": \"2.1.112\"}");
    planting.file(
        home + ".config/Code/User/settings.json",
        "{\"claude.apiKey\": \"%s\", \"git.user\": \"%s\"}"
            .formatted(CANARIES.name("a setting"), CANARIES.address("a setting")));
    var profile = home + ".config/google-chrome/" + CANARIES.name("a profile");
    planting.file(
        profile + "/Preferences",
        "{\"profile\": {\"name\": \"%s\"}, \"account_info\": [{\"email\": \"%s@example.com\"}]}"
            .formatted(CANARIES.hanzi("a profile"), CANARIES.address("an account")));
    planting.file(
        profile + "/Extensions/fcoeoabgfenejglbffodgkkbkcdhcgfn/1.0_0/manifest.json",
        "{\"manifest_version\": 3, \"name\": \"Claude\", \"version\": \"1.0\"}");
    planting.file(
        home + ".mozilla/firefox/profiles.ini",
        "[Profile0]\nName=x\nIsRelative=1\nPath=" + CANARIES.name("a profile") + "\n");
  }

  private void settings(String home) {
    planting.file(
        home + ".bashrc",
        "export ANTHROPIC_API_KEY=%s\nalias claude='ssh %s@example.com claude'\n"
            .formatted(CANARIES.name("a key"), CANARIES.name("an alias")));
    planting.file(
        home + "proj/.env",
        "ANTHROPIC_API_KEY=%s\nANTHROPIC_MODEL=claude-%s\n"
            .formatted(CANARIES.name("a key"), CANARIES.name("a model")));
    planting.file(
        home + ".config/autostart/claude-" + CANARIES.name("an entry") + ".desktop",
        "[Desktop Entry]\nType=Application\nName=%s\nExec=claude %s\n"
            .formatted(CANARIES.name("an entry"), CANARIES.name("an argument")));
    planting.file(
        home + ".config/systemd/user/claude-" + CANARIES.name("a unit") + ".service",
        "[Service]\nExecStart=/bin/claude " + CANARIES.name("an argument") + "\n");
    planting.file(
        home + ".local/share/flatpak/repo/config",
        "[remote \"x\"]\nurl=https://%s:%s@flat.example/claude/%s\n"
            .formatted(
                CANARIES.name("an account"),
                CANARIES.name("a password"),
                CANARIES.name("a repository")));
    planting.file(
        home + ".claude/projects/-home-" + CANARIES.name("a project") + "/session.jsonl",
        "{\"message\": \"" + CANARIES.address("a conversation") + "\"}");
  }

  /// What lies outside of homes bears names as well.
  private void machine() {
    var user = CANARIES.name("a user who has no account here");
    planting.program("opt/" + user + "/claude/bin/claude");
    planting.program("opt/claude/" + CANARIES.hanzi("a folder of the machine") + "/claude");
    planting.file(
        "home/" + CANARIES.name("a home without an account") + "/.npmrc", "prefix=/opt/x\n");
    planting.file(
        "etc/apt/sources.list.d/claude.list",
        "deb https://apt.example/claude/" + CANARIES.name("a repository") + " stable main\n");
    planting.file(
        "etc/profile.d/ai.sh", "export ANTHROPIC_API_KEY=" + CANARIES.name("a key") + "\n");
  }

  /// A real process of the tool, with names in its arguments, its environment and its folder.
  private void process(String user) throws IOException {
    var program =
        sandbox
            .root()
            .resolve("home/" + user + "/.local/share/claude/versions")
            .resolve("2.1.9-" + CANARIES.name("a running program"));
    Files.copy(Path.of("/bin/sleep"), program);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    var builder = new ProcessBuilder(program.toString(), "600");
    builder.environment().put("CLAUDE_USER", CANARIES.name("a process's environment"));
    started.add(builder.start());
    var named = Files.createDirectories(sandbox.at("/home/" + user + "/" + CANARIES.name("cwd")));
    var script = named.resolve("claude");
    Files.copy(Path.of("/bin/sh"), script);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    var shell =
        new ProcessBuilder(
            script.toString(), "-c", "sleep 600; :", CANARIES.name("a process's arguments"));
    shell.directory(named.toFile());
    started.add(shell.start());
  }

  private void agent(String... arguments) throws Exception {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp"));
    line.add(System.getProperty("java.class.path"));
    line.add(Main.class.getName());
    line.addAll(List.of(arguments));
    var log = folder.resolve("agent.log");
    var builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    var process = builder.start();
    started.add(process);
    assertTrue(process.waitFor(4, TimeUnit.MINUTES), "did not end");
    assertEquals(0, process.exitValue(), () -> text(log));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void runs() throws Exception {
    var state = folder.resolve("state").toString();
    var token = Files.writeString(folder.resolve("token"), "an-enrolment-token");
    var pin = MessageDigest.getInstance("SHA-256").digest(server.repository.initialRoot());
    agent(
        "enrol",
        "--server=" + wire.address(),
        "--token-file=" + token,
        "--trust-root=sha256:" + HexFormat.of().formatHex(pin),
        "--state=" + state);
    for (var cycle = 0; cycle < 2; cycle++) {
      agent(
          "guard", "--root", sandbox.root().toString(), "--state", state, "--no-desktop", "--once");
    }
  }

  private Report lastReport() throws Exception {
    return ReportJson.read(server.taken.getLast().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void nothing_that_people_named_or_wrote_is_ever_on_the_wire() throws Exception {
    var first = CANARIES.address("an account's name");
    home(first);
    home(CANARIES.name("an account's name"));
    machine();
    process(first);
    for (var name : List.of("USER", "LOGNAME", "EMAIL", "ANTHROPIC_API_KEY", "CLAUDE_NOTE")) {
      environment.put(name, CANARIES.name("the agent's own environment"));
    }
    runs();

    var sent = wire.sent();
    assertEquals(List.of(), CANARIES.in(sent), () -> new String(sent, StandardCharsets.UTF_8));

    // All of it was there to be told.
    assertTrue(CANARIES.count() > 80, "planted " + CANARIES.count());
    var rule = lastReport().rules().getFirst();
    var sources = rule.findings().stream().map(ReportedFinding::source).distinct().toList();
    for (var source :
        List.of(
            "npm",
            "pip",
            "vscode",
            "chrome",
            "program",
            "process",
            "model",
            "environment",
            "container",
            "residue")) {
      assertTrue(sources.contains(source), () -> source + " is missing in " + sources);
    }
    assertTrue(rule.findings().stream().anyMatch(ReportedFinding::running), "no process was seen");
    var keys = rule.findings().stream().map(ReportedFinding::key).distinct().count();
    assertEquals(rule.findings().size(), keys, "two findings of one key");
    var text = new String(sent, StandardCharsets.UTF_8);
    assertTrue(
        text.contains("POST /agent/v1/enrol") && text.contains("POST /agent/v1/reports"), text);
    // A company's own name for the computer may be sent, and is.
    assertNotEquals("unknown", lastReport().device().hostName());
    assertEquals(
        Files.readString(Path.of("/proc/sys/kernel/hostname")).strip(),
        lastReport().device().hostName());
  }

  @Test
  void a_canary_is_found_however_it_is_spelt() {
    var canaries = new Canaries(1);
    var name = canaries.name("x");
    var hanzi = canaries.hanzi("x");
    for (var one : List.of(name, hanzi)) {
      var bytes = one.getBytes(StandardCharsets.UTF_8);
      for (var sent :
          List.of(
              "a" + one + "b",
              "a" + one.toUpperCase(java.util.Locale.ROOT) + "b",
              HexFormat.of().withUpperCase().formatHex(bytes),
              HexFormat.of().withPrefix("%").formatHex(bytes),
              encoded("" + one + "zz"),
              encoded("a" + one + "zz"),
              encoded("ab" + one + "z"))) {
        assertEquals(
            1, canaries.in(sent.getBytes(StandardCharsets.UTF_8)).size(), () -> one + " " + sent);
      }
    }
    assertEquals(List.of(), canaries.in("claude-code".getBytes(StandardCharsets.UTF_8)));
  }

  private static String encoded(String text) {
    return java.util.Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
