package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.fleet.Looks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Keeps who is shown which people's devices, before they are, so that it is audited and each
/// employee is told. Thread-safe.
record Viewing(Looks looks) {
  /// Rows that have the id as a member.
  static final Function<Json.Obj, @Nullable String> BY_ID =
      row -> row.get("device") instanceof Json.Text(var id) ? id : null;

  /// Objects of OCSF: of a finding the device is a resource.
  static final Function<Json.Obj, @Nullable String> BY_OCSF = Viewing::ofOcsf;

  private static @Nullable String ofOcsf(Json.Obj row) {
    if (row.get("device") instanceof Json.Obj device
        && device.get("uid") instanceof Json.Text(var id)) {
      return id;
    }
    return row.get("resources") instanceof Json.Arr(var resources)
            && resources.getFirst() instanceof Json.Obj resource
            && resource.get("uid") instanceof Json.Text(var id)
        ? id
        : null;
  }

  /// Somebody is shown one device.
  void one(Call call, DeviceId device) {
    looks.record(device, call.actor(), call.session().inWords());
  }

  /// Somebody is shown rows of a list, or looked for somebody, which is a look at each of the few
  /// that are found. That a file was made of it is in the log already.
  ///
  /// @param member that names the device of a row
  void rows(
      Call call,
      List<Json.Obj> rows,
      String list,
      String member,
      boolean sought,
      boolean exported) {
    rows(
        call,
        rows,
        list,
        row -> row.get(member) instanceof Json.Text(var id) ? id : null,
        sought,
        exported);
  }

  /// The same, where a row says otherwise whose it is.
  ///
  /// @param device the id of a row's device; null where it is about none
  void rows(
      Call call,
      List<Json.Obj> rows,
      String list,
      Function<Json.Obj, @Nullable String> device,
      boolean sought,
      boolean exported) {
    var ids = new ArrayList<String>();
    for (var row : rows) {
      var id = device.apply(row);
      if (id != null) {
        ids.add(id);
      }
    }
    record(call, ids, sought ? Looks.ONE_LOOK : Looks.ONE_LIST, exported ? null : list);
  }

  /// Somebody is shown these.
  void list(Call call, Collection<String> ids, String list) {
    record(call, ids, Looks.ONE_LIST, list);
  }

  /// Somebody gets a file with these; that one was made is in the log already.
  void file(Call call, Collection<String> ids) {
    record(call, ids, Looks.ONE_LIST, null);
  }

  private void record(Call call, Collection<String> ids, Duration spell, @Nullable String list) {
    var devices = ids.stream().map(DeviceId::new).toList();
    looks.record(devices, call.actor(), call.session().inWords(), spell, list);
  }
}
