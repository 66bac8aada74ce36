package dev.interdict.agent.guard;

import dev.interdict.agent.guard.Event.PolicyProblem;
import dev.interdict.agent.guard.Event.ScanFailed;
import dev.interdict.json.JsonWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events to the log: what a person must know at warn, what changed at info, the rest at
/// debug.
public final class EventLog implements Events {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  @Override
  public void on(Event event) {
    switch (event) {
      case PolicyProblem e ->
          LOG.atWarn()
              .addKeyValue("problem", e.problem())
              .addKeyValue("message", e.message())
              .log("policy not taken");
      case Event.Resumed e ->
          LOG.atWarn()
              .addKeyValue("next", e.next())
              .log("this device was set back to an earlier time; its history goes on");
      case Event.Refused e ->
          LOG.atWarn()
              .addKeyValue("sequence", e.sequence())
              .addKeyValue("status", e.status())
              .log("report refused by the server");
      case ScanFailed e -> LOG.atWarn().addKeyValue("message", e.message()).log("scan failed");
      case Event.LetThrough e ->
          LOG.atWarn()
              .addKeyValue("times", e.times())
              .log("launches let through: an answer was late");
      case Event.Prevented _, Event.Arrived _ ->
          LOG.atInfo().addKeyValue("event", line(event)).log("guard event");
      case Event.Acted _, Event.Verified _, Event.PolicyTaken _, Event.Held _, Event.Told _ ->
          LOG.atInfo().addKeyValue("event", line(event)).log("guard event");
      case Event.Scanned _,
          Event.Dated _,
          Event.Reported _,
          Event.Unchanged _,
          Event.Delivered _,
          Event.Found _ ->
          LOG.atDebug().addKeyValue("event", line(event)).log("guard event");
    }
  }

  private static String line(Event event) {
    return JsonWriter.line(EventFile.json(event));
  }
}
