package dev.interdict.server.cli.setup;

import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.main.Parts;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Mixin;

/// A command that lists what a server's folder holds: a line for each, or JSON.
///
/// @param <T> what a line is about
public abstract class ListOnServer<T> extends OnServer {
  private final String form;
  private final List<String> titles;

  @Mixin private Output output = new Output();

  /// @param form of a line, as [String#format] takes it
  /// @param titles of its columns
  protected ListOnServer(Console console, String form, String... titles) {
    super(console);
    this.form = form;
    this.titles = List.of(titles);
  }

  protected abstract List<T> all(Parts parts);

  protected abstract Json json(T one, Instant now);

  /// The values of a line, a column each.
  protected abstract List<Object> line(T one, Instant now);

  @Override
  protected final void run(Parts parts) {
    var now = console.clock().instant();
    var all = all(parts);
    if (output.json()) {
      console.json(new Json.Arr(all.stream().map(one -> json(one, now)).toList()));
      return;
    }
    console.line(console.bold(form.formatted(titles.toArray())));
    all.forEach(one -> console.line(form.formatted(line(one, now).toArray())));
  }
}
