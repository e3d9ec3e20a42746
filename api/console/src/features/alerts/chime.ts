let context: AudioContext | undefined

/** Two short soft tones; higher ones for the most urgent. Made here, so that no sound file is needed. */
export function chime(urgent: boolean): void {
  context ??= new AudioContext()
  const start = context.currentTime
  tone(context, urgent ? 880 : 523, start)
  tone(context, urgent ? 1175 : 659, start + 0.16)
}

function tone(audio: AudioContext, frequency: number, at: number): void {
  const oscillator = audio.createOscillator()
  const volume = audio.createGain()
  oscillator.frequency.value = frequency
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(0.12, at + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.28)
  oscillator.connect(volume).connect(audio.destination)
  oscillator.start(at)
  oscillator.stop(at + 0.3)
}
