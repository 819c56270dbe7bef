# A fleet that can't be, and what could. $allowed is a list of numbers.

fleet-tensor-split = Un paralelismo de tensores de { $size } no divide las { $heads } cabezas de { $model }: se permite { $allowed }.
fleet-pipeline-split = Un paralelismo de pipeline de { $size } no divide las { $layers } capas de { $model }: se permite { $allowed }.
fleet-no-experts = { $model } no tiene expertos, así que el paralelismo de expertos es 1.
fleet-expert-split = Un paralelismo de expertos de { $size } debe dividir los { $experts } expertos y el paralelismo de tensores de { $tensor }: se permite { $allowed }.
fleet-too-heavy = { $model } en { $dtype } pesa { $weights }, y { $accelerators ->
    [one] un { $accelerator } tiene
   *[other] { $accelerators } × { $accelerator } tienen
} { $room } para ello. Cabría con { $remedies }.
fleet-too-heavy-at-all = { $model } en { $dtype } pesa { $weights }, y { $accelerators ->
    [one] un { $accelerator } tiene
   *[other] { $accelerators } × { $accelerator } tienen
} { $room } para ello. Ningún reparto ni tipo de pesos de los que se ofrecen aquí cabe en tales aceleradores: elige otros más grandes, o más etapas de pipeline.
fleet-remedy-wider = paralelismo de tensores de { $size }
fleet-remedy-narrower = pesos en { $dtype }
fleet-no-room = La caché KV de una réplica admite { $room } tokens, y la petición más corta tiene { $shortest }. Elige más aceleradores por réplica, o pesos más estrechos.
fleet-prefix-router = Repartir por prefijo necesita la caché de prefijos, y un tráfico cuyos prompts empiecen igual.

## Errors of the models where it was measured nearby. $source is who measured

nearest-error = En { $rows ->
    [one] la fila medida más próxima
   *[other] las { $rows } filas medidas más próximas
} a esto (unos { $input } tokens de entrada y { $output } de salida; { $source }), estos modelos se desvían en promedio un { $tpot } en el tiempo por token y un { $ttft } en el tiempo hasta el primer token.
nearest-none = No se midió nada cerca de esto, así que el error no se conoce.

## A model's config.json

config-no-json = Esto no es un objeto JSON. Pega entero el config.json del modelo.
config-too-large = Esto es demasiado largo para un config.json.
config-missing = A la configuración le falta { $field }.
config-bad-number = { $field } es «{ $value }», y eso no puede ser.
# $why is a kind of model that is not computed
config-unsupported = No se admite: { $field } dice que el modelo { $why ->
    [latent] comprime su caché KV (atención latente)
    [recurrent] tiene capas recurrentes o de espacio de estados
   *[encoder] tiene un codificador
}, y eso no está modelado.
config-text-only = De la configuración solo se tomó el modelo de lenguaje: las imágenes y el sonido no están modelados.
config-windowed = { $layers ->
    [one] Una capa atiende
   *[other] { $layers } capas atienden
} a una ventana corta; su parte de la caché KV no se cuenta.
config-shared-experts = Tiene expertos compartidos, que no están modelados: pesa y calcula más de lo que se muestra.
config-dense-layers = Algunas de sus capas no tienen expertos; se supone que los tienen todas.
config-quantized = El checkpoint está cuantizado ({ $method }): elige el tipo de pesos que corresponda.
