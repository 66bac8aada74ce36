package dev.interdict.server.http;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Names one request, for a person who asks about it: in a header of every answer, in every
/// problem, and in the log beside what failed. No secret, and no more unique than a day needs.
record RequestId(String value) {
  /// Its name in the log.
  static final String LOGGED = "request";

  private static final String HEADER = "Request-Id";
  private static final String PROBLEM = "application/problem+json";

  static RequestId fresh() {
    return new RequestId(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
  }

  /// The answer with this id on it.
  HttpResponse on(HttpResponse answer) {
    var named = isProblem(answer) ? inside(answer) : answer;
    return named.with(HEADER, value);
  }

  private static boolean isProblem(HttpResponse answer) {
    return answer.headers().contains(new HttpResponse.Header("Content-Type", PROBLEM));
  }

  private HttpResponse inside(HttpResponse answer) {
    try {
      var problem = (Json.Obj) JsonReader.read(answer.body(), JsonLimits.OWN);
      var named = Json.object();
      problem.members().forEach(named::put);
      return new HttpResponse(
          answer.status(),
          answer.headers(),
          JsonWriter.compact(named.put("request-id", value).build()));
    } catch (JsonException e) {
      throw new IllegalStateException("a problem of our own is no JSON", e);
    }
  }
}
