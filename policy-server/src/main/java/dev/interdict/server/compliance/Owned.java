package dev.interdict.server.compliance;

import dev.interdict.server.query.Terms;
import dev.interdict.server.query.Where;
import java.util.ArrayList;
import java.util.Set;

/// What the company's list says of a workstation: whose it is, where, and who manages that person;
/// one that is on none is nobody's, and nowhere. As a condition on a device `d`.
final class Owned {
  private Owned() {}

  static void by(Terms people, Where where) {
    by("person", "", people, where);
  }

  /// An entry of a device of the fleet is a member: that it says so lets the index of members
  /// serve.
  static void by(ListColumn column, Terms terms, Where where) {
    by(column.key(), " and " + ListColumn.member("o"), terms, where);
  }

  /// @param column of the list, a constant
  /// @param among of which entries, in SQL
  private static void by(String column, String among, Terms terms, Where where) {
    if (!terms.any().isEmpty()) {
      where.add(ofOne(where, column, among, column, terms.any()));
    }
    if (!terms.none().isEmpty()) {
      where.add("not " + ofOne(where, column, among, "no_" + column, terms.none()));
    }
  }

  /// True or false of any device, never unknown, or those on no list would be in neither half.
  private static String ofOne(
      Where where, String column, String among, String name, Set<String> values) {
    var named = values.stream().filter(each -> !each.isEmpty()).toList();
    var any = new ArrayList<String>();
    if (!named.isEmpty()) {
      any.add(
          "d.entry_id is not null and d.entry_id in (select o.entry_id from expected_device o where"
              + " o."
              + column
              + " in ("
              + where.marks(name, named)
              + ")"
              + among
              + ")");
    }
    if (values.contains("")) {
      any.add(
          "not exists (select 1 from expected_device o where o.entry_id = d.entry_id and o."
              + column
              + " <> '')");
    }
    return "(" + String.join(" or ", any) + ")";
  }
}
