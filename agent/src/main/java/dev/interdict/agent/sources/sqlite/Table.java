package dev.interdict.agent.sources.sqlite;

import dev.interdict.agent.inventory.UnreadableException;
import java.util.ArrayDeque;
import java.util.HashSet;

/// Goes through the b-tree of one table, depth first from the left; no page is entered twice.
final class Table {
  private final Database database;
  private final int root;

  interface Visitor {
    void row(Row row) throws UnreadableException;
  }

  Table(Database database, int root) {
    this.database = database;
    this.root = root;
  }

  void rows(Visitor visitor) throws UnreadableException {
    var entered = new HashSet<Integer>();
    var pending = new ArrayDeque<Integer>();
    pending.push(root);
    while (!pending.isEmpty()) {
      var number = pending.pop();
      if (!entered.add(number)) {
        throw database.malformed("has a table that leads in circles");
      }
      var page = database.treePage(number);
      switch (page.type()) {
        case Page.TABLE_LEAF -> leaf(page, visitor);
        case Page.TABLE_INTERIOR -> {
          pending.push(page.rightmost());
          for (var i = page.cells() - 1; i >= 0; i--) {
            var at = page.cell(i);
            if (at + 4 > page.bytes().length) {
              throw database.malformed("has a cell outside of its page");
            }
            pending.push(page.i32(at));
          }
        }
        default -> throw database.malformed("has a table of a kind that is not read");
      }
    }
  }

  private void leaf(Page page, Visitor visitor) throws UnreadableException {
    for (var i = 0; i < page.cells(); i++) {
      var at = page.cell(i);
      var length = Varint.at(page.bytes(), at);
      var id = length == null ? null : Varint.at(page.bytes(), at + length.length());
      if (length == null || id == null) {
        throw database.malformed("has a cell outside of its page");
      }
      var start = at + length.length() + id.length();
      visitor.row(new Row(id.value(), new Payload(database, page.bytes(), start, length.value())));
    }
  }
}
