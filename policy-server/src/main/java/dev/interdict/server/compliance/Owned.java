package dev.interdict.server.compliance;

import dev.interdict.server.query.Terms;
import dev.interdict.server.query.Where;
import java.util.ArrayList;
import java.util.Set;

/// Whose a workstation is, as the company's list says; one that is on none is nobody's. As a
/// condition on a device `d`.
final class Owned {
  private Owned() {}

  static void by(Terms people, Where where) {
    if (!people.any().isEmpty()) {
      where.add(ofOne(where, "person", people.any()));
    }
    if (!people.none().isEmpty()) {
      where.add("not " + ofOne(where, "no_person", people.none()));
    }
  }

  /// True or false of any device, never unknown, or those on no list would be in neither half.
  private static String ofOne(Where where, String name, Set<String> people) {
    var named = people.stream().filter(each -> !each.isEmpty()).toList();
    var any = new ArrayList<String>();
    if (!named.isEmpty()) {
      any.add(
          "d.entry_id is not null and d.entry_id in (select o.entry_id from expected_device o where"
              + " o.person in ("
              + where.marks(name, named)
              + "))");
    }
    if (people.contains("")) {
      any.add(
          "not exists (select 1 from expected_device o where o.entry_id = d.entry_id and o.person"
              + " <> '')");
    }
    return "(" + String.join(" or ", any) + ")";
  }
}
