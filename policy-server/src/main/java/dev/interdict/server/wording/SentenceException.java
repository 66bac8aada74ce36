package dev.interdict.server.wording;

/// Something that somebody gave and that is not fit, said in a sentence.
public final class SentenceException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient Sentence sentence;

  public SentenceException(Sentence sentence) {
    super(sentence.text());
    this.sentence = sentence;
  }

  public SentenceException(Sentence sentence, Throwable cause) {
    super(sentence.text(), cause);
    this.sentence = sentence;
  }

  /// What is wrong, and what to do.
  public Sentence sentence() {
    return sentence;
  }
}
