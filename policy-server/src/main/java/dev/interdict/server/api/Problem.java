package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.wording.Sentence;
import java.util.List;

/// The ways in which the API says no (RFC 9457).
final class Problem {
  /// Whoever has mended so many sends it again and is told the rest.
  private static final int MOST_FAULTS = 100;

  /// Of every problem.
  static final Schema.Named SCHEMA =
      Schema.named(
          "Problem",
          Schema.needs("type", Schema.any()),
          Schema.needs("title", Schema.any()),
          Schema.needs("status", new Schema.Whole(400, 599)),
          Schema.may("detail", Schema.any()),
          Schema.may("detail" + Sentence.SAID, Sentences.SCHEMA),
          Schema.may(
              "errors",
              Schema.list(
                  Schema.named(
                      "Fault",
                      Schema.needs("at", Schema.any()),
                      Schema.needs("message", Schema.any()),
                      Schema.may("message" + Sentence.SAID, Sentences.SCHEMA)),
                  MOST_FAULTS)),
          Schema.needs("request-id", Schema.any()));

  private Problem() {}

  /// A query or header that is not understood.
  static RefusedException query(String detail) {
    return query(Sentence.plain(detail));
  }

  /// The same with a name.
  static RefusedException query(Sentence detail) {
    return refused(400, "query", "The query cannot be understood.", detail);
  }

  /// A body that does not fit what is described.
  static RefusedException body(List<Wrong> faults) {
    var errors =
        faults.stream()
            .limit(MOST_FAULTS)
            .<Json>map(fault -> {
              var error = Json.object().put("at", fault.at());
              Sentence.put(error, "message", fault.what());
              return error.build();
            })
            .toList();
    var first = faults.getFirst();
    var detail = (first.at().isEmpty() ? "the body" : first.at()) + ": " + first.what();
    return new RefusedException(
        HttpResponse.problem(
            422,
            "malformed",
            "The document does not fit what is described.",
            Json.object().put("detail", detail).put("errors", errors).build()));
  }

  /// A value of a body that is not fit.
  static RefusedException value(String name, Sentence what) {
    return body(List.of(new Wrong("/" + name, what)));
  }

  /// The same of one that something else complains of.
  static RefusedException value(String name, Exception complaint) {
    return value(name, Sentence.of(complaint));
  }

  /// Nothing of that name.
  static RefusedException missing(Sentence detail) {
    return refused(404, "not-found", "There is no such thing.", detail);
  }

  /// Not done, for a reason in words.
  static RefusedException notDone(Sentence detail) {
    return refused(422, "refused", "This is not done.", detail);
  }

  /// Not done, for what something complains of.
  static RefusedException notDone(Exception complaint) {
    return notDone(Sentence.of(complaint));
  }

  /// Not done, because somebody else was faster or something stands in the way.
  static RefusedException conflict(Sentence detail) {
    return refused(409, "conflict", "Something stands in the way.", detail);
  }

  /// What the slices refused, with their reason.
  static RefusedException of(PublishOutcome.Reason kind, Sentence reason) {
    return switch (kind) {
      case CONTENT -> notDone(reason);
      case CONFLICT -> conflict(reason);
      case TRUST -> refused(409, "trust", "It cannot be signed here.", reason);
    };
  }

  /// The word for such a reason, as in the type of a problem.
  static String word(PublishOutcome.Reason kind) {
    return switch (kind) {
      case CONTENT -> "refused";
      case CONFLICT -> "conflict";
      case TRUST -> "trust";
    };
  }

  /// The version that the client saw is not the one there is.
  static RefusedException outdated(Sentence detail) {
    return refused(412, "outdated", "It was changed since you read it.", detail);
  }

  static RefusedException refused(int status, String kind, String title, String detail) {
    return refused(status, kind, title, Sentence.plain(detail));
  }

  /// The same in a sentence that has a name.
  static RefusedException refused(int status, String kind, String title, Sentence detail) {
    var members = Json.object();
    Sentence.put(members, "detail", detail);
    return new RefusedException(HttpResponse.problem(status, kind, title, members.build()));
  }
}
