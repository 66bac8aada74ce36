package dev.interdict.server.cli.review;

import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.review.Person;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of every command on drafts.
final class DraftOptions {
  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "The account of who does this (default: your login name).")
  private @Nullable String actor;

  Output output() {
    return output;
  }

  OpenDrafts open(Console console) throws IOException {
    return OpenDrafts.of(folder.ready(), console);
  }

  Person person(OpenDrafts open, Console console) {
    return open.person(actor == null ? console.user() : actor);
  }
}
