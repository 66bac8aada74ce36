package dev.interdict.agent.sources.rpm;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.sqlite.Database;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Headers in `rpmdb.sqlite` (rpm 4.16 and later): column 1 of the table `Packages(hnum, blob)`.
final class SqliteHeaders implements Headers {
  @Override
  public List<@Nullable Header> of(Tree tree, BytePath file) throws UnreadableException {
    return Database.rows(
        tree,
        file,
        "Packages",
        row ->
            Header.read(length -> Objects.requireNonNullElse(row.bytes(1, length), new byte[0])));
  }
}
