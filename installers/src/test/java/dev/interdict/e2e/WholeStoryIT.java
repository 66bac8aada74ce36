package dev.interdict.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.demo.workstation.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// One whole story on a machine of several people, with every carrier of the banned tool at once
/// and the guard traced by the kernel: all of it goes at the date and is verified, nothing else
/// changes, no right is abused on the way, and all of it comes back on demand.
@EnabledOnOs(OS.LINUX)
@Order(2)
class WholeStoryIT {
  private static final String PACKAGE = "@anthropic-ai/claude-code";
  private static final String SCRIPT_ERA = "2.1.112";
  private static final String EXTENSIONS = ".vscode/extensions";
  private static final Path STRACE = Path.of("/usr/bin/strace");

  @TempDir private Path folder;
  private final List<Path> banned = new ArrayList<>();

  @Test
  void every_carrier_goes_at_the_date_and_nothing_else() throws Exception {
    assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid")), "needs root");
    assumeTrue(Files.isExecutable(STRACE), "needs strace");
    try (var scene = new Scene(folder)) {
      var household = Household.in(scene.workstation);
      npm(scene, household);
      editor(household);
      installer(household);
      service(household);
      bystanders(household);
      household.settle();
      var managed = packages(scene);
      var rest = Manifest.of(scene.workstation, banned);
      var before = Manifest.of(scene.workstation, managed);

      scene.serve();
      scene.publish(Duration.ofSeconds(60));
      scene.enrol();
      var supervisor = supervisor(scene, household);
      var innocent =
          scene.programs.start(
              Household.as(Household.WEI, "/bin/sleep", "600"),
              folder.resolve("innocent.out"),
              folder.resolve("innocent.err"));
      var trace = folder.resolve("trace");
      scene.startGuard(
          List.of(
              STRACE.toString(),
              "-f",
              "-qq",
              "-y",
              "--seccomp-bpf",
              "-s",
              "4096",
              "-e",
              "trace=" + Strace.CALLS,
              "-o",
              trace.toString()));
      scene.awaitEvent(Scene.is("verified"));

      for (var path : banned) {
        if (path.endsWith("extensions.json") || managers(path)) {
          continue;
        }
        assertFalse(Files.exists(path, LinkOption.NOFOLLOW_LINKS), path::toString);
      }
      assertEquals(List.of(), rest.differences(Manifest.of(scene.workstation, banned)));
      assertEquals(
          "[{\"identifier\":{\"id\":\"qoder.qoder\"},\"version\":\"1.0.0\"}]\n",
          Files.readString(household.lin().resolve(EXTENSIONS + "/extensions.json")));
      assertTrue(innocent.isAlive());
      assertTrue(supervisor.isAlive());
      assertEquals(
          List.of(), supervisor.descendants().filter(child -> runs(child, "claude")).toList());

      restore(scene);
      assertEquals(List.of(), before.differences(Manifest.of(scene.workstation, managed)));
      scene.stopGuard();
      var calls = Strace.read(trace);
      assertTrue(calls.stream().anyMatch(call -> call.role().equals("scan") && !call.root()));
      assertTrue(calls.stream().anyMatch(call -> call.role().equals("sync") && !call.root()));
      assertTrue(calls.stream().anyMatch(call -> call.root() && call.name().equals("renameat2")));
      assertEquals(
          List.of(), new Breaches(scene.workstation.resolve("home"), scene.state).in(calls));
    }
  }

  /// What package managers write themselves.
  private static boolean managers(Path path) {
    return path.endsWith("var/lib/dpkg") || path.endsWith("var/lib/rpm");
  }

  /// Packages of the system, where this machine can build them.
  ///
  /// @return what a removal by their manager takes for good
  private List<Path> packages(Scene scene) throws IOException, InterruptedException {
    if (!SystemPackages.possible()) {
      System.out.println("skipped here: packages of the system need dpkg, rpm and rpmbuild");
      return List.of();
    }
    var packages = new SystemPackages(scene, scene.workstation);
    banned.addAll(packages.deb());
    banned.addAll(packages.rpm());
    banned.addAll(packages.records());
    var managed = new ArrayList<>(packages.records());
    managed.add(scene.workstation.resolve("usr/bin"));
    return managed;
  }

  /// What would start it again with its user's next session.
  private void service(Household household) throws IOException {
    var units = "home/wei/.config/systemd/user/";
    household.text(
        units + "com.anthropic.claude-daemon.service",
        """
        [Service]
        ExecStart=/home/wei/.local/bin/claude daemon run
        Restart=always
        [Install]
        WantedBy=default.target
        """);
    household.link(
        units + "default.target.wants/com.anthropic.claude-daemon.service",
        "../com.anthropic.claude-daemon.service");
    banned.add(household.root().resolve(units + "com.anthropic.claude-daemon.service"));
    banned.add(
        household
            .root()
            .resolve(units + "default.target.wants/com.anthropic.claude-daemon.service"));
  }

  private static boolean runs(ProcessHandle process, String what) {
    return process.info().commandLine().orElse("").contains(what);
  }

  /// Both shapes of the real package, and the copy that npx keeps.
  private void npm(Scene scene, Household household) throws IOException, InterruptedException {
    install(scene, List.of("--global", "--prefix", household.lin() + "/.npm-global"), SCRIPT_ERA);
    install(scene, List.of("--global", "--prefix", household.wei() + "/.npm-global"), "latest");
    var cache = household.lin().resolve(".npm/_npx/7f2b3c4d5e6f7a8b");
    household.text(
        "home/lin/.npm/_npx/7f2b3c4d5e6f7a8b/package.json",
        "{\"dependencies\":{},\"_npx\":{\"packages\":[\"" + PACKAGE + "\"]}}\n");
    install(scene, List.of("--prefix", cache.toString()), "latest");
    for (var home : List.of(household.lin(), household.wei())) {
      banned.add(home.resolve(".npm-global/lib/node_modules/" + PACKAGE));
      banned.add(home.resolve(".npm-global/bin/claude"));
    }
    banned.add(cache);
  }

  private static void install(Scene scene, List<String> where, String version)
      throws IOException, InterruptedException {
    var what = PACKAGE + "@" + version;
    var line =
        new ArrayList<>(
            List.of(
                "/usr/bin/env",
                "npm",
                "install",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel=error"));
    line.addAll(where);
    line.add(what);
    var npm = scene.programs.run(line);
    assumeTrue(npm.code() == 0, () -> "npm cannot fetch " + what + " here: " + npm.err().strip());
  }

  private void editor(Household household) throws IOException {
    var at = "home/lin/" + EXTENSIONS + "/anthropic.claude-code-2.1.188-linux-x64";
    household.text(
        at + "/package.json",
        "{\"name\":\"claude-code\",\"publisher\":\"Anthropic\",\"version\":\"2.1.188\","
            + "\"engines\":{\"vscode\":\"^1.94.0\"}}\n");
    household.sleeper(at + "/resources/native-binary/claude");
    var other = "home/lin/" + EXTENSIONS + "/qoder.qoder-1.0.0";
    household.text(
        other + "/package.json",
        "{\"name\":\"qoder\",\"publisher\":\"Qoder\",\"version\":\"1.0.0\"}\n");
    var list =
        household.text(
            "home/lin/" + EXTENSIONS + "/extensions.json",
            "[{\"identifier\":{\"id\":\"anthropic.claude-code\"},\"version\":\"2.1.188\","
                + "\"relativeLocation\":\"anthropic.claude-code-2.1.188-linux-x64\"},"
                + "{\"identifier\":{\"id\":\"qoder.qoder\"},\"version\":\"1.0.0\"}]\n");
    banned.add(household.root().resolve(at));
    banned.add(list);
  }

  private void installer(Household household) throws IOException {
    var version = household.sleeper("home/wei/.local/share/claude/versions/2.1.188");
    household.link("home/wei/.local/bin/claude", "../share/claude/versions/2.1.188");
    banned.add(version);
    banned.add(household.wei().resolve(".local/bin/claude"));
  }

  private static void bystanders(Household household) throws IOException {
    household.text("home/wei/.claude/projects/x.jsonl", "{}\n");
    household.text("home/wei/.claude.json", "{\"installMethod\":\"native\"}\n");
    household.text("home/wei/bin/claude", "#!/bin/sh\necho my own notes\n");
    household.text(
        "home/lin/.npm-global/lib/node_modules/claude-code-router/package.json",
        "{\"name\":\"claude-code-router\",\"version\":\"1.0.0\"}\n");
    household.text(
        "home/lin/.npm/_npx/0011223344556677/node_modules/cowsay/package.json",
        "{\"name\":\"cowsay\",\"version\":\"1.6.0\"}\n");
  }

  private Process supervisor(Scene scene, Household household) throws IOException {
    var claude = household.wei().resolve(".local/bin/claude");
    return scene.programs.start(
        Household.as(
            Household.WEI, "/bin/sh", "-c", "while :; do '" + claude + "' 600; sleep 0.1; done"),
        folder.resolve("supervisor.out"),
        folder.resolve("supervisor.err"));
  }

  private static void restore(Scene scene) throws IOException, InterruptedException {
    var mark = scene.events().size();
    scene.programs.ok(
        "interdict", "withdraw", "claude-code", "--server-dir", scene.server.toString());
    scene.awaitEvent(mark, Scene.is("policy-taken"));
    var taken = scene.events().size();
    var judged = scene.awaitEvent(taken, Scene.is("reported"));
    scene.awaitEvent(
        taken, Scene.is("delivered").and(Scene.with("sequence", Scene.text(judged, "sequence"))));
    scene.programs.ok(
        "interdict-agent", "restore", "claude-code", "--state", scene.state.toString());
  }
}
