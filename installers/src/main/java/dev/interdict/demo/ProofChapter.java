package dev.interdict.demo;

import dev.interdict.demo.fleet.Ban;
import dev.interdict.demo.stage.Answer;
import dev.interdict.demo.stage.DemoException;
import dev.interdict.demo.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Checks with the demo's own eyes what the story claims.
final class ProofChapter {
  private final Stage stage;
  private final Sandbox sandbox;
  private final List<String> differing = new ArrayList<>();

  ProofChapter(Stage stage, Sandbox sandbox) {
    this.stage = stage;
    this.sandbox = sandbox;
  }

  /// Just before the date: everything is still there.
  void beforeDate() throws DemoException {
    var banned = sandbox.workstation().banned();
    check(
        banned.stream().allMatch(ProofChapter::exists) && sandbox.banned().running(),
        "up to the date nothing was removed and nothing was stopped");
    finish();
  }

  /// After the removal.
  ///
  /// @throws DemoException if anything differs
  void tell(PolicyServer server, Ban ban) throws DemoException, InterruptedException {
    stage.terminal().chapter("Checked by the demo itself");
    var workstation = sandbox.workstation();
    for (var shape : workstation.shapes()) {
      check(
          shape.paths().stream().noneMatch(ProofChapter::exists),
          "gone: %s of %s".formatted(shape.name(), shape.user()));
    }
    check(!sandbox.banned().running(), "ended: the process that ran it");
    check(
        sandbox.lookalike().running(),
        "untouched: the process of a user's own script that is called claude, too");
    rest();
    quarantine(ban);
    server(server, ban);
    finish();
  }

  private void rest() throws DemoException {
    try {
      var differences = sandbox.before().differences(sandbox.workstation().rest());
      check(
          differences.isEmpty(),
          "unchanged: all %d other files, byte for byte".formatted(sandbox.before().size()));
      differing.addAll(differences);
      check(
          sandbox.workstation().listIsCut(),
          "cut: its entry in the editor's list of extensions, and no other");
    } catch (IOException e) {
      throw new DemoException("cannot read the workstation: " + e.getMessage());
    }
  }

  private void quarantine(Ban ban) throws DemoException, InterruptedException {
    var held =
        Answer.read(
                "interdict-agent restore",
                stage
                    .children()
                    .run(
                        "interdict-agent",
                        "restore",
                        "--list",
                        "--state",
                        stage.folder().agentState().toString(),
                        "--output",
                        "json"))
            .list("held");
    var ours =
        held.stream().filter(thing -> ban.rule().equals(thing.optionalText("rule"))).toList();
    check(
        ours.size() >= sandbox.workstation().shapes().size(),
        "kept: %d things in quarantine, to be given back if need be".formatted(ours.size()));
  }

  private void server(PolicyServer server, Ban ban) throws DemoException, InterruptedException {
    try (var console = ConsoleClient.signIn(server)) {
      var devices =
          console
              .get("/api/v1/devices?rule=" + ban.rule() + "&q=" + sandbox.device())
              .list("devices");
      var state = devices.size() == 1 ? devices.getFirst().optionalText("state") : "unknown";
      check("removed".equals(state), "known: the server counts this workstation as " + state);
    }
  }

  private void check(boolean good, String text) {
    stage.terminal().check(good, text);
    if (!good) {
      differing.add("not so: " + text);
    }
  }

  private void finish() throws DemoException {
    if (!differing.isEmpty()) {
      throw new DemoException(
          "%d thing%s differ%s: %s"
              .formatted(
                  differing.size(),
                  differing.size() == 1 ? "" : "s",
                  differing.size() == 1 ? "s" : "",
                  String.join("; ", differing.subList(0, Math.min(4, differing.size())))));
    }
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
