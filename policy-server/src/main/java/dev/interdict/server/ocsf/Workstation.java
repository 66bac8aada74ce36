package dev.interdict.server.ocsf;

import dev.interdict.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A workstation as the objects `device` and `resource_details`, and as what a SIEM searches by.
///
/// @param host null where it is not told
/// @param os `windows`, `linux` or `macos`; another word for none of them
record Workstation(String uid, @Nullable String host, String os) {
  private static final int OTHER = 99;
  private static final int HOSTNAME = 1;

  Json.Obj device() {
    var number =
        switch (os) {
          case "windows" -> 100;
          case "linux" -> 200;
          case "macos" -> 300;
          default -> OTHER;
        };
    // Nobody tells whether it stands on a desk or is carried about.
    return Json.object()
        .put("uid", uid)
        .put("hostname", host)
        .put("type_id", OTHER)
        .put("type", "Workstation")
        .put("os", Json.object().put("name", os).put("type_id", number).build())
        .build();
  }

  Json.Obj resource() {
    return Json.object().put("uid", uid).put("name", host).put("type", "Workstation").build();
  }

  /// @param place of the device within the event; null where there is nothing to search by
  @Nullable Json observables(String place) {
    return host == null
        ? null
        : new Json.Arr(
            List.of(
                Json.object()
                    .put("name", place + ".hostname")
                    .put("type_id", HOSTNAME)
                    .put("type", "Hostname")
                    .put("value", host)
                    .build()));
  }
}
