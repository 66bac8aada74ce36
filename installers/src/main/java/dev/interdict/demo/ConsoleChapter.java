package dev.interdict.demo;

import dev.interdict.demo.stage.DemoException;
import dev.interdict.demo.stage.Stage;
import dev.interdict.demo.stage.Waiting;
import java.time.Instant;

/// Leaves the server running with its dashboard alive, until Ctrl-C.
final class ConsoleChapter {
  private final Stage stage;
  private final Company company;
  private final Guard guard;

  ConsoleChapter(Stage stage, Company company, Guard guard) {
    this.stage = stage;
    this.company = company;
    this.guard = guard;
  }

  void tell(PolicyServer server) throws DemoException, InterruptedException {
    var terminal = stage.terminal();
    terminal.chapter("The console");
    terminal.row("open", terminal.bold(server.console().toString()));
    terminal.row("sign in", server.admin() + " / " + server.password());
    terminal.row("company", company.progress());
    terminal.row("serving", "until Ctrl-C, which ends everything that was started here");
    new Waiting(stage.clock())
        .until(
            Instant.MAX,
            () -> {
              guard.next();
              guard.notices();
              if (!server.process().running()) {
                throw server.process().ended();
              }
              var trouble = company.trouble();
              terminal.live(trouble.isEmpty() ? company.progress() : trouble);
              return false;
            });
  }
}
