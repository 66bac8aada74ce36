package dev.interdict.server.compliance;

import dev.interdict.server.compliance.Counting.Cell;
import java.util.Map;

/// All that is counted of one rule in one snapshot, so that a count and what leads to its list are
/// of the same instant.
///
/// @param untold devices that can be scanned and have told nothing of the rule
record Figures(Overview overview, Map<Cell, Counts> cells, long untold) {
  Figures {
    cells = Map.copyOf(cells);
  }
}
