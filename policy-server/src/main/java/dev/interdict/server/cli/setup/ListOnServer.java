package dev.interdict.server.cli.setup;

import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.main.Parts;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;

/// A command that lists what a server's folder holds: a line for each, or JSON.
///
/// @param <T> what a line is about
public abstract class ListOnServer<T> extends OnServer {
  private final Supplier<Table> table;

  @Mixin private ListOutput output = new ListOutput();

  /// @param table an empty one
  protected ListOnServer(Console console, Supplier<Table> table) {
    super(console);
    this.table = table;
  }

  protected abstract List<T> all(Parts parts);

  protected abstract Json json(T one, Instant now);

  /// The values of a line, a column each.
  protected abstract List<Object> line(T one, Instant now);

  @Override
  protected final void run(Parts parts) {
    var now = console.clock().instant();
    var all = all(parts);
    if (output.forPrograms()) {
      output.rows(all.stream().map(one -> json(one, now)).toList(), console);
      return;
    }
    var rows = table.get();
    all.forEach(one -> rows.row(line(one, now).toArray()));
    rows.print(console);
  }
}
