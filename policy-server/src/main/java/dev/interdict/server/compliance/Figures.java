package dev.interdict.server.compliance;

import dev.interdict.server.compliance.Counting.Cell;
import java.util.Map;

/// All that is counted of one rule in one snapshot, so that a count and what leads to its list are
/// of the same instant.
record Figures(Overview overview, Map<Cell, Counts> cells) {
  Figures {
    cells = Map.copyOf(cells);
  }
}
