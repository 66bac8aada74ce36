package dev.interdict.server.cli.doctor;

import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.main.Parts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Asks all questions. One that cannot be answered is answered badly and keeps none from being
/// asked.
///
/// @param thorough whether all of the database is read, which takes its time
public record Examination(ServerFolder folder, Console console, boolean thorough) {
  @FunctionalInterface
  private interface Asking {
    List<Answer> answers() throws IOException;
  }

  /// All answers, in the order in which somebody would look.
  public List<Answer> answers() {
    var answers = new ArrayList<Answer>();
    Settings settings;
    try {
      settings = Settings.read(folder);
      answers.add(Answer.good("settings", folder.settings() + " is understood"));
    } catch (IOException | RuntimeException e) {
      answers.add(
          Answer.bad("settings", said(e), "mend server.yaml; the server does not start with it"));
      return answers;
    }
    var now = console.clock().instant();
    ask(answers, "listening", () -> Listening.of(settings).answers(now));
    var files = new FolderState(folder, settings);
    answers.add(files.disk());
    answers.add(files.permissions());
    answers.addAll(new CaFiles(settings).answers(now));
    try (var parts = OpenServer.partsToLookAt(folder, settings.database(), console)) {
      inside(answers, parts, settings, files);
    } catch (RuntimeException e) {
      answers.add(
          Answer.bad(
              "database",
              said(e),
              "see that the database runs, lets us in, and has this version's tables"));
    }
    return answers;
  }

  private void inside(List<Answer> answers, Parts parts, Settings settings, FolderState files) {
    var now = console.clock().instant();
    ask(answers, "database", () -> new StoredState(parts, settings, now).answers(thorough));
    ask(answers, "signed", () -> new SignedState(parts, folder.keys(), now).answers());
    ask(answers, "sealing-key", () -> List.of(files.sealing(parts)));
    ask(answers, "outlets", () -> new Outlets(parts, settings).answers());
  }

  private static void ask(List<Answer> answers, String question, Asking asking) {
    try {
      answers.addAll(asking.answers());
    } catch (IOException | RuntimeException e) {
      answers.add(Answer.bad(question, said(e), "see what this says of the folder or database"));
    }
  }

  private static String said(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
