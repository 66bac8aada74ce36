package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A scanner that sees what a test has put before it.
final class ScriptedScanner implements Scanner {
  final List<Home> homes = new ArrayList<>();
  final List<Item> items = new ArrayList<>();
  final List<RunningProcess> processes = new ArrayList<>();
  final List<Gap> gaps = new ArrayList<>();

  /// How many scans go well before every further one fails.
  int until = Integer.MAX_VALUE;

  /// Whether the last scan was asked to read the content of programs.
  boolean digests;

  @Override
  public Inventory scan(boolean digests, Predicate<Item> wanted) throws WorkerException {
    this.digests = digests;
    if (until-- <= 0) {
      throw new WorkerException("the scan worker failed: it ended without a result");
    }
    return new Inventory(homes, items.stream().filter(wanted).toList(), processes, gaps);
  }

  void gap() {
    gaps.add(
        new Gap("npm", BytePath.parse("/srv"), UnreadableException.Reason.DENIED, "not readable"));
  }
}
