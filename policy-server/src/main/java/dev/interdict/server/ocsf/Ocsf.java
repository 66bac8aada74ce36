package dev.interdict.server.ocsf;

import dev.interdict.json.Json;
import dev.interdict.server.events.Event;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
          onHost(OcsfClass.APPLICATION_LIFECYCLE, 4, event).put("app", app(event)).build();
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
          ACCOUNT_BREAK_GLASS,
          KEY_ROTATED,
          AUDIT_HEAD,
          TEST,
          OTHER ->
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
    // Of the types of a component that have a number none is a program.
    var component =
        Json.object()
            .put("name", identity)
            .put("version", software)
            .put("type_id", 99)
            .put("type", "Application")
            .put("purl", identity.startsWith("pkg:") ? identity : null)
            .build();
    var found =
        Json.object()
            .put("name", identity)
            .put("version", software)
            .put("type_id", 1)
            .put("type", "Application")
            .build();
    var sbom =
        Json.object()
            .put("created_time", at.toEpochMilli())
            .put("product", product())
            .put("package", found)
            .put("software_components", List.of(component))
            .build();
    var workstation = new Workstation(device, host, os);
    var uid = device + "/" + rule + "/" + identity;
    return head(OcsfClass.SOFTWARE_INVENTORY, 2, 1, at, metadata(uid))
        .put("device", workstation.device())
        .put("observables", workstation.observables("device"))
        .put("sbom", sbom)
        .put("unmapped", Json.object().put("rule", rule).build())
        .build();
  }

  private Json.Obj finding(Event event, String link, int activity, int status, int compliance) {
    var rule = String.valueOf(event.rule());
    var workstation = workstation(event);
    return base(OcsfClass.COMPLIANCE_FINDING, activity, event, metadata(event.id()))
        .put(
            "finding_info",
            Json.object()
                .put("uid", workstation.uid() + "/" + rule)
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
        .put("device", workstation.device())
        .put("resources", List.of(workstation.resource()))
        .put("observables", workstation.observables("device"))
        .put("status_id", status)
        .put("status", status == 1 ? "New" : "Resolved")
        .build();
  }

  private Json.Obj remediation(Event event, int status) {
    return onHost(OcsfClass.REMEDIATION_ACTIVITY, 2, event)
        .put("command_uid", event.device() + "/" + event.rule())
        .put("status_id", status)
        .put("status", status == 1 ? "Success" : "Error")
        .put("status_detail", event.text("reason"))
        .build();
  }

  private Json.Obj entity(Event event) {
    var managed = new Managed(event, event.device() == null ? null : workstation(event));
    var object = base(OcsfClass.ENTITY_MANAGEMENT, managed.activity(), event, metadata(event.id()));
    var actor = event.actor();
    if (actor != null) {
      var user = Json.object().put("name", actor).build();
      object.put("actor", Json.object().put("user", user).build());
    }
    if (managed.isDevice()) {
      object.put("observables", workstation(event).observables("entity.device"));
    }
    var reason = event.text("reason") == null ? event.text("note") : event.text("reason");
    return object
        .put("entity", managed.entity())
        .put("comment", reason == null ? event.text("summary") : reason)
        .build();
  }

  /// Classes that know a device by the profile `host` alone, which they then have to name.
  private Json.Builder onHost(OcsfClass type, int activity, Event event) {
    var workstation = workstation(event);
    var metadata = metadata(event.id()).put("profiles", Json.texts(List.of("host")));
    return base(type, activity, event, metadata)
        .put("device", workstation.device())
        .put("observables", workstation.observables("device"));
  }

  private Json.Builder base(OcsfClass type, int activity, Event event, Json.Builder metadata) {
    return head(type, activity, severity(event.kind().severity()), event.at(), metadata)
        .put("message", event.caption(Locale.ENGLISH))
        .put(
            "unmapped",
            Json.object()
                .put("kind", event.type())
                .put("rule", event.rule())
                .put("detail", event.detail())
                .build());
  }

  private static Json.Builder head(
      OcsfClass type, int activity, int severity, Instant at, Json.Builder metadata) {
    return Json.object()
        .put("class_uid", type.uid())
        .put("category_uid", type.category())
        .put("activity_id", activity)
        .put("type_uid", type.uid() * 100L + activity)
        .put("severity_id", severity)
        .put("time", at.toEpochMilli())
        .put("metadata", metadata.build());
  }

  private Json.Builder metadata(String uid) {
    return Json.object().put("version", SCHEMA).put("uid", uid).put("product", product());
  }

  private Json.Obj product() {
    return Json.object()
        .put("name", "Interdict")
        .put("vendor_name", "Interdict")
        .put("version", version)
        .build();
  }

  /// Informational, low, medium, high.
  private static int severity(int cef) {
    return cef >= 8 ? 4 : cef >= 6 ? 3 : cef >= 4 ? 2 : 1;
  }

  private static Json.Obj app(Event event) {
    var software = event.text("software");
    return Json.object()
        .put("name", software == null ? String.valueOf(event.rule()) : software)
        .build();
  }

  private static Workstation workstation(Event event) {
    var os = event.text("os");
    return new Workstation(
        String.valueOf(event.device()), event.text("host"), os == null ? "other" : os);
  }
}
