package dev.interdict.server.cli.publishing;

import dev.interdict.server.cli.keys.KeyOptions;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.main.Parts;
import dev.interdict.server.publish.KeyRole;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.publish.Setback;
import java.io.IOException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of commands that sign a list, and the publisher that they open.
final class SigningOptions {
  @Mixin private ServerDirOption folder = new ServerDirOption();

  @Mixin private KeyOptions key = new KeyOptions();

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "Who does this, for the audit log (default: your login name).")
  private @Nullable String actor;

  /// What is done with a publisher.
  @FunctionalInterface
  interface Work {
    PublishOutcome run(Publisher publisher, String actor, Parts parts) throws IOException;
  }

  /// What is done with a publisher that is told who there is to read it.
  @FunctionalInterface
  interface FleetWork {
    PublishOutcome run(Publisher publisher, Parts parts, String actor) throws IOException;
  }

  /// What `look` sees of devices that hold newer files; needs no key.
  <T> T look(Console console, BiFunction<Setback, String, T> look) throws IOException {
    try (var parts = OpenServer.parts(folder.ready(), console)) {
      return look.apply(parts.setback(), who(console));
    }
  }

  private String who(Console console) {
    return actor == null ? console.user() : actor;
  }

  PublishOutcome with(Console console, Work work) throws IOException {
    return withFleet(console, (publisher, parts, who) -> work.run(publisher, who, parts));
  }

  PublishOutcome withFleet(Console console, FleetWork work) throws IOException {
    return open(console, (publisher, who, parts) -> work.run(publisher, parts, who));
  }

  /// What is done with a publisher, whatever comes of it.
  @FunctionalInterface
  interface Anything<T> {
    T run(Publisher publisher, String actor, Parts parts) throws IOException;
  }

  <T> T open(Console console, Anything<T> work) throws IOException {
    var ready = folder.ready();
    var settings = Settings.read(ready);
    key.check();
    var own = OpenServer.keyring(ready, settings, console);
    var keys = key.given() ? own.with(KeyRole.BLOCKLIST, () -> key.open(console)) : own;
    try (var parts = OpenServer.parts(ready, console)) {
      var publisher = OpenServer.publisher(ready, settings, keys, parts, console);
      return work.run(publisher, who(console), parts);
    }
  }
}
