package dev.interdict.server.web;

/// Gives a console what pages are about that no device brings: a list that was published, and a
/// webhook; by the forms of whoever is signed in, who may do everything.
final class OneOfEach {
  private OneOfEach() {}

  static void in(ConsoleServer console) {
    send(
        console, "createWebhook", "&name=siem&url=" + ConsoleServer.encoded("http://127.0.0.1:9/"));
    send(console, "createDraft", "&catalogue=cursor");
    var seen = console.get("/api/v1/drafts/1").headers().firstValue("ETag").orElseThrow();
    send(console, "observeDraft?draft=1", "&_seen=" + ConsoleServer.encoded(seen));
  }

  private static void send(ConsoleServer console, String deed, String fields) {
    var answer = console.post("/do/" + deed, "csrf=" + console.csrf() + "&_back=/" + fields);
    if (answer.statusCode() != 303) {
      throw new IllegalStateException(deed + ": " + answer.body());
    }
  }
}
