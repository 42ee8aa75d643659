import { DEFAULT_ANSWER } from "./scripted-answers";

/** Answers as models write them, and the corners of Markdown where two readers may differ. */
export const CORPUS: Record<string, string> = {
  default: DEFAULT_ANSWER,
  lists: `Les étapes :
1. **Préparer**

   Un paragraphe dans l’étape.

   \`\`\`bash
   npm ci && npm start
   \`\`\`
2. Publier
   * vérifier *deux fois*
   * ~~attendre~~

- [x] fait
- [ ] à faire

* a

* b
+ c

Texte *italique* et __gras__ et ***les deux***, puis \`code\`.
`,
  tables: `| A | B |
|---|:-:|
| **a** | \`x|y\` |
| [lien](https://a.example/b) | — |

Avant le second :

| Seul |
| --- |
| 1<br>2 |
Fin.`,
  maths: `Soit \\(x^2 + y_1\\) et \\[ \\int_0^1 f \\] puis :

\\[
\\begin{aligned}
a &= b \\\\
+ c
\\end{aligned}
\\]

$$
E = mc^2
$$

- terme $$\\sum_i a_i$$
- \\[ z \\]

Cela coûte 5 $ et 10 $, **soit 15 $**.`,
  notes: `Un fait[^1] et [un lien][ref].

> Une citation **forte**
> sur deux lignes

[^1]: La note, avec *emphase*.
[ref]: https://www.legifrance.gouv.fr/loda "Légifrance"
`,
  headings: `# Titre
Texte
## Sous-titre ##

Souligné
---

***

Autre
===

Ligne\\
coupée  
encore https://www.data.gouv.fr et contact@exemple.gouv.fr.`,
  code: `\`\`\`\`markdown
\`\`\`js
let a = 1;
\`\`\`
\`\`\`\`

~~~
brut
~~~

    indenté

\`\`\`
sans langue
\`\`\`
fin`,
  html: `Bonjour <prénom>,

<div>
bloc **x**
</div>

<!-- note -->

a < b et c > d ; 2*3*4 ; snake_case_name.`,
  recalled: `Un fait[^loi], un autre[^2], et encore le premier[^loi].

| Délai | Source |
|---|---|
| 2 mois | article 1[^2] |

[^loi]: Une note en deux paragraphes.

    Le second, avec \`du code\`.
[^2]: https://www.legifrance.gouv.fr/
`,
  languages: `\`\`\`ts
const total: number = 3;
\`\`\`

1. Une étape
   \`\`\`sql
   SELECT nom FROM agents WHERE id = 1;
   \`\`\`

> \`\`\`inconnu
> rien
> \`\`\`

\`\`\`yaml
cle: "valeur"
\`\`\``,
  nested: `- Un
  - Deux
    1. Trois

       | a | b |
       |---|---|
       | -12,5 | =A1 |
  - Quatre

    > Cité **ici**
    >
    > - et là

#### Titre de quatrième rang
##### Et de cinquième`,
};
