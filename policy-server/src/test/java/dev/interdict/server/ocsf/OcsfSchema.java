package dev.interdict.server.ocsf;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What OCSF 1.4.0 says of the classes and objects that are written, as far as the facts go and in
/// own words: which attributes a class or an object has that we write or that it requires or
/// recommends, and what numbers an enumeration has. Held attribute by attribute against the
/// published schema; `docs/integrations.md` says against which text of it and when. Attributes that
/// 1.4.0 deprecates are left out, so that to write one is a fault.
///
/// An attribute is `NAME[!|+][@PROFILE] KIND`: `!` is required, `+` recommended, `@` means that a
/// class has it by that profile alone. A kind is text, int, time, any, an object by its name, a
/// list of one, or the numbers of an enumeration.
final class OcsfSchema {
  private OcsfSchema() {}

  static final Map<String, List<String>> OBJECTS =
      Map.ofEntries(
          Map.entry(
              "metadata",
              List.of(
                  "version! text",
                  "product! product",
                  "uid text",
                  "profiles [text]",
                  "log_name+ text",
                  "log_provider+ text",
                  "original_time+ text",
                  "tenant_uid+ text")),
          Map.entry(
              "product", List.of("name+ text", "uid+ text", "vendor_name+ text", "version+ text")),
          Map.entry(
              "finding_info",
              List.of("uid! text", "title+ text", "analytic+ any", "src_url text", "desc text")),
          Map.entry(
              "compliance",
              List.of(
                  "standards! [text]", "control+ text", "status+ text", "status_id+ 0,1,2,3,99")),
          Map.entry(
              "resource_details",
              List.of(
                  "name+ text",
                  "uid+ text",
                  "hostname+ text",
                  "ip+ text",
                  "owner+ user",
                  "type text")),
          Map.entry(
              "device",
              List.of(
                  "type_id! 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,99",
                  "type+ text",
                  "uid+ text",
                  "hostname+ text",
                  "region+ text",
                  "vendor_name+ text",
                  "owner+ user",
                  "instance_uid+ text",
                  "interface_name+ text",
                  "interface_uid+ text",
                  "name text",
                  "os os")),
          Map.entry(
              "os", List.of("name! text", "type_id! 0,99,100,101,200,201,300,301,302,400,401,402")),
          Map.entry("actor", List.of("user+ user", "process+ any")),
          Map.entry(
              "user", List.of("name+ text", "uid+ text", "type_id+ 0,1,2,3,99", "has_mfa+ any")),
          Map.entry(
              "policy", List.of("name+ text", "uid+ text", "version+ text", "is_applied+ any")),
          Map.entry(
              "managed_entity",
              List.of(
                  "name+ text",
                  "uid+ text",
                  "type+ text",
                  "type_id+ 0,1,2,3,4,5,6,99",
                  "version+ text",
                  "device+ device",
                  "policy+ policy",
                  "email+ any",
                  "group+ any",
                  "org+ any",
                  "user+ user")),
          Map.entry(
              "sbom",
              List.of(
                  "package! package",
                  "software_components! [software_component]",
                  "created_time+ time",
                  "product+ product")),
          Map.entry(
              "package",
              List.of(
                  "name! text",
                  "version! text",
                  "architecture+ text",
                  "type_id+ 0,1,2,99",
                  "type text",
                  "purl text")),
          Map.entry(
              "software_component",
              List.of(
                  "name! text",
                  "version! text",
                  "author+ text",
                  "purl+ text",
                  "related_component+ text",
                  "relationship_id+ int",
                  "type_id+ 0,1,2,3,99",
                  "type text")),
          Map.entry(
              "observable", List.of("type_id! int", "name+ text", "type text", "value text")));

  /// Of these members an object has one at least.
  static final Map<String, Set<String>> ONE_OF =
      Map.of(
          "product", Set.of("name", "uid"),
          "resource_details", Set.of("name", "uid"),
          "policy", Set.of("name", "uid"),
          "user", Set.of("account", "name", "uid"),
          "actor", Set.of("process", "user", "session", "app_name", "app_uid"),
          "device",
              Set.of(
                  "ip",
                  "uid",
                  "name",
                  "hostname",
                  "instance_uid",
                  "interface_uid",
                  "interface_name"),
          "managed_entity", Set.of("name", "uid", "device", "group", "org", "policy", "user"));

  static final List<String> BASE =
      List.of(
          "class_uid! int",
          "category_uid! int",
          "activity_id! int",
          "type_uid! int",
          "severity_id! 0,1,2,3,4,5,6,99",
          "time! time",
          "metadata! metadata",
          "message+ text",
          "observables+ [observable]",
          "status+ text",
          "status_code+ text",
          "status_detail+ text",
          "timezone_offset+ int",
          "unmapped any");

  static final Map<Long, List<String>> CLASSES =
      Map.of(
          2003L,
          List.of(
              "finding_info! finding_info",
              "compliance! compliance",
              "confidence_id+ int",
              "device+ device",
              "remediation+ any",
              "resources+ [resource_details]",
              "status_id+ 0,1,2,3,4,5,99"),
          3004L,
          List.of(
              "entity! managed_entity",
              "entity_result+ managed_entity",
              "actor+ actor",
              "comment+ text",
              "src_endpoint+ any",
              "status_id+ 0,1,2,99"),
          5020L,
          List.of("device! device", "sbom+ sbom", "status_id+ 0,1,2,99"),
          6002L,
          List.of("app! product", "device@host device", "status_id+ 0,1,2,99"),
          7001L,
          List.of(
              "command_uid! text",
              "countermeasures+ [any]",
              "device@host device",
              "status_id+ 0,1,2,3,4,5,6,99"));

  static final Map<Long, Set<Long>> ACTIVITIES =
      Map.of(
          2003L,
          Set.of(0L, 1L, 2L, 3L, 99L),
          3004L,
          Set.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 99L),
          5020L,
          Set.of(0L, 1L, 2L, 99L),
          6002L,
          Set.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 99L),
          7001L,
          Set.of(0L, 1L, 2L, 3L, 4L, 99L));

  /// What is recommended of a class and never written, with the reason in the documentation.
  static final Map<Long, Set<String>> LEFT_OUT =
      Map.of(
          2003L,
          Set.of("confidence_id", "remediation", "status_code", "status_detail", "timezone_offset"),
          3004L,
          Set.of(
              "entity_result",
              "src_endpoint",
              "status",
              "status_code",
              "status_detail",
              "status_id",
              "timezone_offset"),
          5020L,
          Set.of(
              "message", "status", "status_code", "status_detail", "status_id", "timezone_offset"),
          6002L,
          Set.of("status", "status_code", "status_detail", "status_id", "timezone_offset"),
          7001L,
          Set.of("countermeasures", "status_code", "timezone_offset"));
}
