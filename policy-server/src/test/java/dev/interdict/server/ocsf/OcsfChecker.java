package dev.interdict.server.ocsf;

import dev.interdict.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What OCSF 1.4.0 says of the classes and objects that are written, in own words: which attributes
/// there are, which are required, of what kind each is, and what numbers an enumeration has. Held
/// by eye against the schema's published files of the classes 2003, 3004, 5020, 6002 and 7001 and
/// of the objects compliance, finding_info, managed_entity, sbom and software_component; no package
/// that the build can have brings those files.
///
/// An attribute is `NAME[!] KIND`, where `!` means required and a kind is text, int, time, any, an
/// object by its name, or a list of one.
final class OcsfChecker {
  private static final Map<String, List<String>> OBJECTS =
      Map.ofEntries(
          Map.entry("metadata", List.of("version! text", "uid text", "product! product")),
          Map.entry("product", List.of("name text", "vendor_name! text", "version text")),
          Map.entry(
              "finding_info", List.of("uid! text", "title text", "src_url text", "desc text")),
          Map.entry(
              "compliance",
              List.of("standards! [text]", "control text", "status text", "status_id 0,1,2,3,99")),
          Map.entry("resource_details", List.of("uid text", "name text", "type text")),
          Map.entry(
              "device",
              List.of(
                  "uid text",
                  "hostname text",
                  "type text",
                  "type_id! 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,99",
                  "os os")),
          Map.entry("os", List.of("name! text", "type_id! 0,99,100,101,200,201,300,301,302")),
          Map.entry("actor", List.of("user user")),
          Map.entry("user", List.of("name text")),
          Map.entry("managed_entity", List.of("uid text", "name text", "type text")),
          Map.entry(
              "sbom",
              List.of(
                  "package! package",
                  "software_components! [software_component]",
                  "type text",
                  "type_id 0,1,2,3,99")),
          Map.entry("package", List.of("name! text", "version! text", "purl text")),
          Map.entry(
              "software_component",
              List.of(
                  "name! text", "version! text", "type text", "type_id 0,1,2,3,99", "purl text")));

  private static final List<String> BASE =
      List.of(
          "class_uid! int",
          "category_uid! int",
          "activity_id! int",
          "type_uid! int",
          "severity_id! 0,1,2,3,4,5,6,99",
          "time! time",
          "metadata! metadata",
          "message text",
          "status text",
          "status_detail text",
          "unmapped any");

  private static final Map<Long, List<String>> CLASSES =
      Map.of(
          2003L,
          List.of(
              "finding_info! finding_info",
              "compliance! compliance",
              "resources [resource_details]",
              "status_id 0,1,2,3,4,5,99"),
          3004L,
          List.of("entity! managed_entity", "actor actor", "comment text"),
          5020L,
          List.of("device! device", "sbom sbom"),
          6002L,
          List.of("app! product", "device device"),
          7001L,
          List.of("command_uid! text", "device device", "status_id 0,1,2,3,4,5,6,99"));

  private static final Map<Long, Set<Long>> ACTIVITIES =
      Map.of(
          2003L,
          Set.of(0L, 1L, 2L, 3L, 99L),
          3004L,
          Set.of(0L, 1L, 2L, 3L, 4L, 99L),
          5020L,
          Set.of(0L, 1L, 2L, 99L),
          6002L,
          Set.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 99L),
          7001L,
          Set.of(0L, 1L, 2L, 3L, 4L, 99L));

  private final List<String> faults = new ArrayList<>();

  private OcsfChecker() {}

  /// What is wrong with an object; empty where nothing is.
  static List<String> faults(Json.Obj object) {
    var checker = new OcsfChecker();
    var uid = checker.number(object, "class_uid");
    var attributes = new ArrayList<>(BASE);
    attributes.addAll(CLASSES.getOrDefault(uid, List.of("no-such-class! text")));
    checker.object("", object, attributes);
    var activity = checker.number(object, "activity_id");
    if (!ACTIVITIES.getOrDefault(uid, Set.of()).contains(activity)) {
      checker.faults.add("activity " + activity + " of " + uid);
    }
    if (checker.number(object, "type_uid") != uid * 100 + activity) {
      checker.faults.add("type_uid is class times 100 plus activity");
    }
    if (checker.number(object, "category_uid") != uid / 1000) {
      checker.faults.add("category_uid is the thousands of the class");
    }
    return checker.faults;
  }

  private long number(Json.Obj object, String name) {
    return object.get(name) instanceof Json.Int(var n) ? n : -1;
  }

  private void object(String at, Json.Obj object, List<String> attributes) {
    var known = new ArrayList<String>();
    for (var attribute : attributes) {
      var parts = attribute.split(" ", 2);
      var name = parts[0].replace("!", "");
      known.add(name);
      var value = object.get(name);
      if (value != null) {
        value(at + "/" + name, value, parts[1]);
      } else if (parts[0].endsWith("!")) {
        faults.add(at + "/" + name + " is required");
      }
    }
    for (var name : object.members().keySet()) {
      if (!known.contains(name)) {
        faults.add(at + "/" + name + " is unknown");
      }
    }
  }

  private void value(String at, Json value, String kind) {
    var right =
        switch (kind) {
          case "text" -> value instanceof Json.Text;
          case "int" -> value instanceof Json.Int;
          case "time" -> value instanceof Json.Int(var n) && n > 1_000_000_000_000L;
          case "any" -> value instanceof Json.Obj;
          default -> {
            if (kind.startsWith("[")) {
              if (!(value instanceof Json.Arr(var items))) {
                yield false;
              }
              items.forEach(item -> value(at + "[]", item, kind.substring(1, kind.length() - 1)));
              yield true;
            }
            var attributes = OBJECTS.get(kind);
            if (attributes != null) {
              if (!(value instanceof Json.Obj object)) {
                yield false;
              }
              object(at, object, attributes);
              yield true;
            }
            yield value instanceof Json.Int(var n)
                && List.of(kind.split(",")).contains(Long.toString(n));
          }
        };
    if (!right) {
      faults.add(at + " is no " + kind + ": " + value);
    }
  }
}
