package dev.interdict.agent.platform.session;

import dev.interdict.agent.wording.TerminalText;
import dev.interdict.agent.wording.Wording;
import java.time.InstantSource;

/// No screen of a person: the notice as lines, for whoever sent the worker to show.
public record TextScreen(Errand errand, InstantSource clock) implements Screen {
  @Override
  public Answer show() {
    var texts = Wording.texts(errand.notice(), clock.instant());
    return new Answer.Text(TerminalText.lines(texts, false));
  }
}
