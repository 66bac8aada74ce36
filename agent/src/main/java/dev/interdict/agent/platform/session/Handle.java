package dev.interdict.agent.platform.session;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;

/// Names a message that a notification service showed.
///
/// @param service which service on which bus; the numbers of another one mean other messages, which
///   would be somebody else's to replace
/// @param id its number there, unsigned 32 bits, never 0
public record Handle(String service, long id) {
  private static final long MOST = 0xFFFF_FFFFL;

  static Handle read(Fields fields) {
    var service = fields.parsed("service", Handle::checked, "-");
    var handle = new Handle(service, fields.integer("id", 1, MOST));
    fields.end();
    return handle;
  }

  private static String checked(String service) {
    if (service.length() > 100 || !service.chars().allMatch(Handle::plain)) {
      throw new IllegalArgumentException("is no name of a service");
    }
    return service;
  }

  private static boolean plain(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || ":._-".indexOf(c) >= 0;
  }

  Json json() {
    return Json.object().put("service", service).put("id", id).build();
  }
}
