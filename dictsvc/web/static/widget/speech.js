// The browser's own voice, where it has one for the language.

const speech = window.speechSynthesis;

function voiceFor(language) {
  const voices = speech?.getVoices() ?? [];
  const tag = (voice) => voice.lang.toLowerCase().replace("_", "-");
  return voices.find((voice) => tag(voice) === language || tag(voice).startsWith(`${language}-`));
}

// Shows the buttons that can speak; voices may come later than the page.
function offerSpeech(root) {
  for (const button of root.querySelectorAll(".td-listen")) button.hidden = !voiceFor(button.dataset.language);
}

function speak(button) {
  const voice = voiceFor(button.dataset.language);
  if (!voice) return;
  const words = new SpeechSynthesisUtterance(button.dataset.text);
  words.voice = voice;
  words.lang = voice.lang;
  speech.cancel();
  speech.speak(words);
}
