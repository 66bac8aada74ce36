package dev.interdict.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Names one request, for a person who asks about it: in a header of every answer, in every
/// problem, in the log beside what failed, and in the audit log beside what it changed. No secret,
/// and no more unique than a day needs.
record RequestId(String value) {
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

  /// A problem of ours is an object with members, so another one goes before its last brace. Most
  /// answers of a server that sends requests away are problems.
  private HttpResponse inside(HttpResponse answer) {
    var body = answer.body();
    var member = (",\"request-id\":\"" + value + "\"}").getBytes(StandardCharsets.US_ASCII);
    var named = Arrays.copyOf(body, body.length - 1 + member.length);
    System.arraycopy(member, 0, named, body.length - 1, member.length);
    return new HttpResponse(answer.status(), answer.headers(), named);
  }
}
