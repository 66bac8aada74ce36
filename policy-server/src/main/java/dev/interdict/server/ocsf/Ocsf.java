package dev.interdict.server.ocsf;

import dev.interdict.json.Json;
import dev.interdict.server.events.Event;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes events and findings as objects of OCSF. Pure.
///
/// @param version of this server
public record Ocsf(String version) {
  /// Of the schema. 1.9.0 deprecates `app` of Application Lifecycle for an attribute that this one
  /// does not know, and nothing else of what is written.
  public static final String SCHEMA = "1.4.0";

  /// For this very program.
  public static Ocsf ours() {
    var version = Ocsf.class.getPackage().getImplementationVersion();
    return new Ocsf(version == null ? "0" : version);
  }

  private static final int CREATE = 1;
  private static final int UPDATE = 2;
  private static final int CLOSE = 3;

  /// The object of an event.
  ///
  /// @param link where people see more
  public Json.Obj event(Event event, String link) {
    return switch (event.kind()) {
      case FINDING_OPENED -> finding(event, link, CREATE, 1, 3);
      case FINDING_REAPPEARED -> finding(event, link, UPDATE, 1, 3);
      case FINDING_CLEARED -> finding(event, link, CLOSE, 4, 1);
      case REMOVAL_SUCCEEDED -> remediation(event, 1);
      case REMOVAL_FAILED -> remediation(event, 6);
      case LAUNCH_BLOCKED ->
          base(OcsfClass.APPLICATION_LIFECYCLE, 4, event)
              .put("app", app(event))
              .put("device", device(event))
              .build();
      case RULE_SUBMITTED,
          RULE_APPROVED,
          POLICY_PUBLISHED,
          POLICY_PAUSED,
          POLICY_RESUMED,
          POLICY_WITHDRAWN,
          RING_BREAKER_TRIPPED,
          EXEMPTION_REQUESTED,
          EXEMPTION_GRANTED,
          EXEMPTION_REFUSED,
          EXEMPTION_ENDING,
          EXEMPTION_ENDED,
          DEVICE_ENROLLED,
          DEVICE_SILENT,
          DEVICE_RETURNED,
          DEVICE_UNENROLLED,
          KEY_ROTATED,
          AUDIT_HEAD,
          TEST ->
          entity(event);
    };
  }

  /// One installation of banned software that is there now, as an inventory tells it.
  ///
  /// @param identity such as a package URL
  public Json.Obj installed(
      String device,
      String host,
      String os,
      String rule,
      String identity,
      @Nullable String itsVersion,
      Instant at) {
    var software = itsVersion == null ? "unknown" : itsVersion;
    // Of the types that have a number none is a program.
    var component =
        Json.object()
            .put("name", identity)
            .put("version", software)
            .put("type_id", 99)
            .put("type", "Application")
            .put("purl", identity.startsWith("pkg:") ? identity : null)
            .build();
    var sbom =
        Json.object()
            .put("package", Json.object().put("name", identity).put("version", software).build())
            .put("software_components", List.of(component))
            .put("type_id", 99)
            .put("type", "Interdict finding")
            .build();
    return head(OcsfClass.SOFTWARE_INVENTORY, 2, 1, at, device + "/" + rule + "/" + identity)
        .put("device", device(device, host, os))
        .put("sbom", sbom)
        .put("unmapped", Json.object().put("rule", rule).build())
        .build();
  }

  private Json.Obj finding(Event event, String link, int activity, int status, int compliance) {
    var rule = String.valueOf(event.rule());
    var device = String.valueOf(event.device());
    var host = event.text("host");
    return base(OcsfClass.COMPLIANCE_FINDING, activity, event)
        .put(
            "finding_info",
            Json.object()
                .put("uid", device + "/" + rule)
                .put("title", event.kind().caption() + ": " + rule)
                .put("src_url", link)
                .build())
        .put(
            "compliance",
            Json.object()
                .put("standards", Json.texts(List.of("Interdict blocklist")))
                .put("control", rule)
                .put("status_id", compliance)
                .put("status", compliance == 1 ? "Pass" : "Fail")
                .build())
        .put(
            "resources",
            List.of(
                Json.object()
                    .put("uid", device)
                    .put("name", host)
                    .put("type", "workstation")
                    .build()))
        .put("status_id", status)
        .put("status", status == 1 ? "New" : "Resolved")
        .build();
  }

  private Json.Obj remediation(Event event, int status) {
    return base(OcsfClass.REMEDIATION_ACTIVITY, 2, event)
        .put("command_uid", event.device() + "/" + event.rule())
        .put("status_id", status)
        .put("status", status == 1 ? "Success" : "Error")
        .put("status_detail", event.text("reason"))
        .put("device", device(event))
        .build();
  }

  private Json.Obj entity(Event event) {
    var activity =
        switch (event.kind()) {
          case RULE_SUBMITTED, EXEMPTION_REQUESTED, DEVICE_ENROLLED, AUDIT_HEAD, TEST -> 1;
          case POLICY_WITHDRAWN, EXEMPTION_ENDED -> 4;
          default -> 3;
        };
    var kind = event.kind().word();
    var uid =
        switch (kind.substring(0, kind.indexOf('.') < 0 ? kind.length() : kind.indexOf('.'))) {
          case "exemption" ->
              event.text("case") == null ? event.text("request") : event.text("case");
          case "device" -> event.device();
          case "audit" -> event.text("entry");
          default -> event.rule() == null ? event.text("serial") : event.rule();
        };
    var object = base(OcsfClass.ENTITY_MANAGEMENT, activity, event);
    var actor = event.actor();
    if (actor != null) {
      var user = Json.object().put("name", actor).build();
      object.put("actor", Json.object().put("user", user).build());
    }
    var reason = event.text("reason") == null ? event.text("note") : event.text("reason");
    return object
        .put(
            "entity",
            Json.object()
                .put("uid", uid == null ? event.id() : uid)
                .put("name", event.text("host"))
                .put("type", kind.split("\\.", 2)[0])
                .build())
        .put("comment", reason == null ? event.text("summary") : reason)
        .build();
  }

  private Json.Builder base(OcsfClass type, int activity, Event event) {
    return head(type, activity, severity(event.kind().severity()), event.at(), event.id())
        .put("message", event.kind().caption())
        .put(
            "unmapped",
            Json.object()
                .put("kind", event.kind().word())
                .put("rule", event.rule())
                .put("detail", event.detail())
                .build());
  }

  private Json.Builder head(OcsfClass type, int activity, int severity, Instant at, String uid) {
    var product =
        Json.object()
            .put("name", "Interdict")
            .put("vendor_name", "Interdict")
            .put("version", version)
            .build();
    return Json.object()
        .put("class_uid", type.uid())
        .put("category_uid", type.category())
        .put("activity_id", activity)
        .put("type_uid", type.uid() * 100L + activity)
        .put("severity_id", severity)
        .put("time", at.toEpochMilli())
        .put(
            "metadata",
            Json.object().put("version", SCHEMA).put("uid", uid).put("product", product).build());
  }

  /// Informational, low, medium, high.
  private static int severity(int cef) {
    return cef >= 8 ? 4 : cef >= 6 ? 3 : cef >= 4 ? 2 : 1;
  }

  private static Json.Obj app(Event event) {
    var software = event.text("software");
    return Json.object()
        .put("name", software == null ? String.valueOf(event.rule()) : software)
        .put("vendor_name", "unknown")
        .build();
  }

  private static Json.Obj device(Event event) {
    var os = event.text("os");
    return device(String.valueOf(event.device()), event.text("host"), os == null ? "other" : os);
  }

  private static Json.Obj device(String uid, @Nullable String host, String os) {
    var number =
        switch (os) {
          case "windows" -> 100;
          case "linux" -> 200;
          case "macos" -> 300;
          default -> 99;
        };
    var system = Json.object().put("name", os).put("type_id", number).build();
    return Json.object()
        .put("uid", uid)
        .put("hostname", host)
        .put("type_id", 2)
        .put("type", "Desktop")
        .put("os", system)
        .build();
  }
}
