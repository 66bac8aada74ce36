package dev.interdict.server.ocsf;

import dev.interdict.json.Json;
import dev.interdict.server.events.Event;
import org.jspecify.annotations.Nullable;

/// What people did as Entity Management (3004): which activity it is, and of which entity.
///
/// @param device what the event says of a workstation; null where it names none
record Managed(Event event, @Nullable Workstation device) {
  private static final int CREATE = 1;
  private static final int UPDATE = 3;
  private static final int DELETE = 4;
  private static final int ENROLL = 6;
  private static final int SUSPEND = 12;
  private static final int RESUME = 13;

  private static final int DEVICE = 1;
  private static final int POLICY = 5;
  private static final int OTHER = 99;

  int activity() {
    return switch (event.kind()) {
      case RULE_SUBMITTED, EXEMPTION_REQUESTED, AUDIT_HEAD, TEST -> CREATE;
      case DEVICE_ENROLLED -> ENROLL;
      case POLICY_PAUSED, RING_BREAKER_TRIPPED -> SUSPEND;
      case POLICY_RESUMED -> RESUME;
      case POLICY_WITHDRAWN, EXEMPTION_ENDED -> DELETE;
      default -> UPDATE;
    };
  }

  Json.Obj entity() {
    return switch (family()) {
      case "rule", "policy", "ring" -> {
        var uid = event.rule() == null ? event.text("serial") : event.rule();
        var policy = Json.object().put("uid", known(uid)).build();
        yield entity(uid, POLICY, "Policy").put("policy", policy).build();
      }
      case "device", "key" ->
          device == null
              ? entity(null, OTHER, family()).build()
              : entity(device.uid(), DEVICE, "Device")
                  .put("name", device.host())
                  .put("device", device.device())
                  .build();
      case "exemption" -> {
        var uid = event.text("case") == null ? event.text("request") : event.text("case");
        yield entity(uid, OTHER, "exemption").build();
      }
      case "audit" -> entity(event.text("entry"), OTHER, "audit").build();
      default -> entity(null, OTHER, family()).build();
    };
  }

  /// Whether [#entity] is a workstation.
  boolean isDevice() {
    return device != null && (family().equals("device") || family().equals("key"));
  }

  private Json.Builder entity(@Nullable String uid, int number, String type) {
    return Json.object().put("uid", known(uid)).put("type_id", number).put("type", type);
  }

  private String known(@Nullable String uid) {
    return uid == null ? event.id() : uid;
  }

  private String family() {
    return event.type().split("\\.", 2)[0];
  }
}
